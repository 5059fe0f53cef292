package org.fairspark.detect.discriminative;

import org.fairspark.anomaly.MapFunction;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Restorer;

/**
 * A map of how probably each pixel is corrupted, from a second U-Net that sees the image and its
 * restoration. As thread-safe as its network.
 *
 * @param network six input channels, one output: the logarithm of the odds
 * @param smoothing side of the mean filter over the probabilities, odd
 */
public record DiscriminativeFunction(Restorer network, int smoothing) implements MapFunction {
  /** Image and restoration, three channels each. */
  static final int INPUT_CHANNELS = 6;

  /**
   * Makes the network's input.
   *
   * @param image {@code float[3][H][W]}, RGB in [0,1]
   * @param restored {@code float[3][H][W]}, RGB
   * @return {@code float[6][H][W]}: the image, then its restoration
   */
  public static FloatImage input(FloatImage image, FloatImage restored) {
    float[] both = new float[image.values().length + restored.values().length];
    System.arraycopy(image.values(), 0, both, 0, image.values().length);
    System.arraycopy(restored.values(), 0, both, image.values().length, restored.values().length);
    return new FloatImage(INPUT_CHANNELS, image.height(), image.width(), both);
  }

  @Override
  public FloatImage unsmoothedMap(FloatImage original, FloatImage restored) {
    int height = original.height();
    int width = original.width();
    // One at a time: a convolution rounds differently for another number of images.
    float[] map = network.restore(input(original, restored).values(), 1, height, width);
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) (1 / (1 + Math.exp(-map[i])));
    }
    return new FloatImage(1, height, width, map);
  }
}
