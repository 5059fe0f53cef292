package org.fairspark.corruption;

import java.util.List;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/** A source of textures for synthesized anomalies. Safe for any number of threads. */
public interface TextureSource {
  /**
   * Draws a texture, {@code uint8[H][W][3]} of any size, all equally likely. It is resized to the
   * sample, which costs nothing if it has that size already.
   */
  PixelImage texture(SeededRandom random);

  /**
   * Returns whether the textures are the training images themselves, as in the paper's variant
   * without extra data (FAIR noDTD). They are then changed more: by three of 12 augmenters instead
   * of 10.
   */
  boolean internal();

  /** Returns the training images of a category as the source of its textures. */
  static TextureSource internal(List<PixelImage> trainingImages) {
    return new ImageTextures(trainingImages, true);
  }
}
