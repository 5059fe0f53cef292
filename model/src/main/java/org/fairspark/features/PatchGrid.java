package org.fairspark.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.Window;

/**
 * The places of an image at which patches are looked at, and the way of their scores to pixels.
 *
 * @param image size of the images
 * @param side of a patch, in pixels
 * @param stride pixels from one patch to the next
 */
public record PatchGrid(ImageSize image, int side, int stride) implements Serializable {
  /**
   * @throws IllegalArgumentException if a patch is larger than the image, or the stride than a
   *     patch
   */
  public PatchGrid {
    if (stride < 1 || side < stride || side > image.shorter()) {
      throw new IllegalArgumentException(
          "patches of %d pixels, %d apart, in images of %s".formatted(side, stride, image.both()));
    }
  }

  /**
   * A patch's first pixel.
   *
   * @param top row
   * @param left column
   */
  public record Place(int top, int left) {}

  /** Returns the places of the patches, row by row. */
  public List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (int top : starts(image.height())) {
      for (int left : starts(image.width())) {
        places.add(new Place(top, left));
      }
    }
    return places;
  }

  /** Returns the first pixels of patches along one side; the last patch ends with the image. */
  private int[] starts(int length) {
    int room = length - side;
    int count = (room + stride - 1) / stride + 1;
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = Math.min(i * stride, room);
    }
    return starts;
  }

  /**
   * Returns the patches of an image, row by row.
   *
   * @param from {@code float[C][H][W]} of this grid's size
   * @return {@code float[C][side][side]} each
   * @throws IllegalArgumentException if the image has another size
   */
  public List<FloatImage> patches(FloatImage from) {
    if (!from.size().equals(image)) {
      throw new IllegalArgumentException(
          "an image of %s, the patches are of images of %s"
              .formatted(from.size().both(), image.both()));
    }
    return places().stream()
        .map(place -> Window.of(from, place.top(), place.left(), ImageSize.square(side)))
        .toList();
  }

  /**
   * Makes a map of patches' scores: at each pixel their mean, weighted by a Gaussian of the
   * distance from their centres, whose deviation is a quarter of their side.
   *
   * @param scores one per patch, as {@link #patches} has them
   * @return {@code float[1][H][W]}
   */
  public FloatImage map(float[] scores) {
    float[][] down = weights(image.height());
    float[][] across = weights(image.width());
    int columns = starts(image.width()).length;
    int rows = scores.length / columns;
    float[] map = new float[image.height() * image.width()];
    float[] line = new float[columns];
    for (int y = 0; y < image.height(); y++) {
      for (int c = 0; c < columns; c++) {
        line[c] = 0;
        for (int r = 0; r < rows; r++) {
          line[c] += down[y][r] * scores[r * columns + c];
        }
      }
      for (int x = 0; x < image.width(); x++) {
        float sum = 0;
        for (int c = 0; c < columns; c++) {
          sum += across[x][c] * line[c];
        }
        map[y * image.width() + x] = sum;
      }
    }
    return new FloatImage(1, image.height(), image.width(), map);
  }

  /** Returns the shares of the patches along one side in each of its pixels, which sum up to 1. */
  private float[][] weights(int length) {
    int[] starts = starts(length);
    double sigma = side / 4.0;
    float[][] weights = new float[length][starts.length];
    for (int p = 0; p < length; p++) {
      double[] own = new double[starts.length];
      double sum = 0;
      for (int i = 0; i < own.length; i++) {
        double distance = (p + 0.5 - starts[i] - side / 2.0) / sigma;
        own[i] = StrictMath.exp(-distance * distance / 2);
        sum += own[i];
      }
      for (int i = 0; i < own.length; i++) {
        weights[p][i] = (float) (own[i] / sum);
      }
    }
    return weights;
  }
}
