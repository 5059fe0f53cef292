package org.fairspark.detect.intra;

import java.util.List;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;
import org.fairspark.network.TrainedGraph;

/**
 * An image painted in patch by patch by a network that does not see the patch.
 *
 * @param restored {@code float[3][H][W]}, RGB, not clipped
 * @param difference {@code 1 - MSGMS} of image and restoration, {@code float[1][H][W]}
 * @param normal the mean of normal images' differences, {@code float[H][W]}; zeros in a network
 *     that has just been trained
 */
record Inpainting(FloatImage restored, FloatImage difference, float[] normal) {
  /** Multi-scale GMS at full, half and quarter size. */
  private static final AnomalyFunction FUNCTION =
      new AnomalyFunction(true, 0, ColorOrder.RGB, 3, 1);

  /**
   * Paints all patches in.
   *
   * @param image {@code float[3][H][W]}, RGB in [0,1], of the size that the network is for
   * @throws IllegalArgumentException if it is of another size
   */
  static Inpainting of(TrainedGraph network, FloatImage image) {
    PatchGrid grid = PatchGrid.of(image.size());
    FloatImage restored =
        new FloatImage(3, image.height(), image.width(), new float[image.values().length]);
    float[] normal = new float[0];
    for (int first = 0; first < grid.patches(); first += InpaintingTransformer.WINDOWS) {
      List<float[]> outputs = network.run(inputs(grid, image, first));
      for (int i = 0; i < InpaintingTransformer.WINDOWS && first + i < grid.patches(); i++) {
        grid.put(outputs.get(0), i, first + i, restored);
      }
      normal = outputs.get(1);
    }
    return new Inpainting(restored, FUNCTION.unsmoothedMap(image, restored), normal);
  }

  /** Returns the windows of some patches; the last patch's stands for those that are not there. */
  private static List<float[]> inputs(PatchGrid grid, FloatImage image, int first) {
    int each = grid.windowPatches();
    float[] patches = new float[InpaintingTransformer.WINDOWS * each];
    float[] offsets = new float[patches.length];
    for (int i = 0; i < InpaintingTransformer.WINDOWS; i++) {
      PatchGrid.Window window = grid.windowAround(Math.min(first + i, grid.patches() - 1));
      for (int place = 0; place < each; place++) {
        patches[i * each + place] = window.patches()[place];
        offsets[i * each + place] = window.offsets()[place];
      }
    }
    return List.of(image.values(), patches, offsets);
  }
}
