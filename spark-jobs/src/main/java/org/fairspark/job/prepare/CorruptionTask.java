package org.fairspark.job.prepare;

import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.TextureSource;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * From a clean image to a corrupted one. A pure function of image, id, variant, run seed and
 * textures.
 */
final class CorruptionTask {
  private final Corruptor corruptor;
  private final long runSeed;

  CorruptionTask(Corruptor corruptor, long runSeed) {
    this.corruptor = corruptor;
    this.runSeed = runSeed;
  }

  /**
   * Corrupts an image.
   *
   * @param clean the resized image, {@code uint8[H][W][3]}
   * @param variant which corruption of this image, from 0
   * @param textures where textures come from
   * @param normals normal images of the category, for recipes that take patches of them
   */
  CorruptedImage corrupt(
      String category,
      String imageId,
      PixelImage clean,
      int variant,
      TextureSource textures,
      TextureSource normals) {
    long seed = SeededRandom.seed(runSeed, imageId, variant);
    return new CorruptedImage(
        category, imageId, variant, seed, corruptor.corrupt(clean, textures, normals, seed));
  }
}
