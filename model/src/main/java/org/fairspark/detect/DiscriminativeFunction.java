package org.fairspark.detect;

import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.image.FloatImage;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.Restorer;

/**
 * The discriminative network that the paper's Table 11 compares with ("Dis"): a second U-Net sees
 * the image and its restoration and says of every pixel how probably it is corrupted. As
 * thread-safe as its network.
 *
 * @param network of {@link #shape}: gives the logarithm of the odds
 * @param smoothing side of the mean filter over the probabilities, odd
 */
public record DiscriminativeFunction(Restorer network, int smoothing) implements MapFunction {
  /** Image and restoration, three channels each. */
  public static final int INPUT_CHANNELS = 6;

  /** The network's shape. */
  public static NetworkSpec shape(int width) {
    return new NetworkSpec(INPUT_CHANNELS, width, true, NetworkSpec.Head.MASK);
  }

  /**
   * The network's input.
   *
   * @return {@code float[6][H][W]}: the image, then its restoration
   */
  public static FloatImage input(FloatImage image, FloatImage restored) {
    float[] both = new float[image.values().length + restored.values().length];
    System.arraycopy(image.values(), 0, both, 0, image.values().length);
    System.arraycopy(restored.values(), 0, both, image.values().length, restored.values().length);
    return new FloatImage(INPUT_CHANNELS, image.height(), image.width(), both);
  }

  @Override
  public FloatImage map(FloatImage original, FloatImage restored) {
    int height = original.height();
    int width = original.width();
    // One at a time: a convolution rounds differently for another number of images.
    float[] map = network.restore(input(original, restored).values(), 1, height, width);
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) (1 / (1 + Math.exp(-map[i])));
    }
    AnomalyFunction.smooth(map, height, width, smoothing);
    return new FloatImage(1, height, width, map);
  }
}
