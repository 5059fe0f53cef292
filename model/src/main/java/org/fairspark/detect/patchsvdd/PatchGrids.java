package org.fairspark.detect.patchsvdd;

import java.util.List;
import org.fairspark.features.PatchGrid;
import org.fairspark.features.Vectors;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.network.TrainedGraph;

/**
 * The places at which an image is looked at: those of large patches, and those of the small ones in
 * them, a quarter of a small side apart.
 *
 * @param side of a small patch, in pixels
 */
record PatchGrids(PatchGrid large, PatchGrid small, int side) {
  /** Small patches overlap by three quarters. */
  private static final int STRIDES_OF_SIDE = 4;

  static PatchGrids of(ImageSize image) {
    int side = PatchSvddNetwork.side(image);
    int stride = side / STRIDES_OF_SIDE;
    return new PatchGrids(
        new PatchGrid(image, 2 * side, stride), new PatchGrid(image, side, stride), side);
  }

  /**
   * Runs the network on every large patch.
   *
   * @param ofLarge the output that is of large patches
   * @param ofSmall the output that is of the small patches in it, one after the other
   * @param n numbers of one patch
   * @return those of the large patches and of the small ones, each in the order of its grid
   */
  PatchEncodings run(TrainedGraph network, FloatImage image, int ofLarge, int ofSmall, int n) {
    PatchPairs pairs = new PatchPairs(side);
    List<PatchGrid.Place> places = large.places();
    List<PatchGrid.Place> smallPlaces = small.places();
    float[] largeValues = new float[places.size() * n];
    float[] smallValues = new float[smallPlaces.size() * n];
    for (int i = 0; i < places.size(); i++) {
      PatchGrid.Place place = places.get(i);
      List<float[]> outputs =
          network.run(List.of(pairs.quadrants(image, place.top(), place.left())));
      System.arraycopy(outputs.get(ofLarge), 0, largeValues, i * n, n);
      for (int q = 0; q < PatchSvddNetwork.QUADRANTS; q++) {
        int at = index(place.top() + q / 2 * side, place.left() + q % 2 * side);
        System.arraycopy(outputs.get(ofSmall), q * n, smallValues, at * n, n);
      }
    }
    return new PatchEncodings(
        new Vectors(places.size(), n, largeValues),
        new Vectors(smallPlaces.size(), n, smallValues));
  }

  /** Returns the number of the small patch that begins at a pixel. */
  private int index(int top, int left) {
    int columns = (small.image().width() - side) / small.stride() + 1;
    return top / small.stride() * columns + left / small.stride();
  }
}
