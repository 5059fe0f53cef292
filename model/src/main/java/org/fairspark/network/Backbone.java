package org.fairspark.network;

import java.util.List;
import org.fairspark.image.FloatImage;

/**
 * A frozen network that was trained on other images, whose inner layers describe what an image
 * shows. As thread-safe as the engine that runs it.
 */
public interface Backbone extends AutoCloseable {
  /**
   * Computes the feature maps of an image. The result depends on the image alone, to the last bit.
   *
   * @param input {@code float[3][H][W]}, preprocessed as the network wants it
   * @return one map per layer, in the order in which the layers were asked for, {@code
   *     float[C][h][w]}
   * @throws IllegalArgumentException if the network takes no image of this size
   */
  List<FloatImage> features(FloatImage input);

  /** Frees native memory. */
  @Override
  void close();
}
