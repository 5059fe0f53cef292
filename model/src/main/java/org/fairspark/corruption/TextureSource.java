package org.fairspark.corruption;

import java.util.List;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/** Where the textures of synthesized anomalies come from. Safe for any number of threads. */
public interface TextureSource {
  /**
   * A random texture, {@code uint8[H][W][3]} of any size; it is resized to the sample. Whoever
   * needs many samples gives textures that have their size already.
   */
  PixelImage texture(SeededRandom random);

  /**
   * Whether textures are the training images themselves, as in the paper's variant without extra
   * data (FAIR noDTD): they are then changed more, by 12 augmenters instead of 10.
   */
  boolean internal();

  /** The training images of the category itself; all equally likely. */
  static TextureSource internal(List<PixelImage> trainingImages) {
    return new ImageTextures(trainingImages, true);
  }
}
