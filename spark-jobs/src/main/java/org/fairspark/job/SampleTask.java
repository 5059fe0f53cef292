package org.fairspark.job;

import java.util.Locale;
import org.fairspark.corruption.CorruptedSample;
import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.TextureSource;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.fairspark.table.SamplesTable;

/**
 * From a clean image to a training sample: corrupt, then filter. A pure function of image, id,
 * variant, run seed and textures.
 */
final class SampleTask {
  private final Corruptor corruptor;
  private final HighFrequencyExtractor extractor;
  private final long runSeed;

  SampleTask(Corruptor corruptor, HighFrequencyExtractor extractor, long runSeed) {
    this.corruptor = corruptor;
    this.extractor = extractor;
    this.runSeed = runSeed;
  }

  /**
   * Makes one sample.
   *
   * @param clean the resized image, {@code uint8[H][W][3]}
   * @param variant which sample of this image, from 0
   * @param textures where textures come from
   * @param normals normal images of the category, for recipes that take patches of them
   */
  SamplesTable.Sample make(
      String category,
      String imageId,
      PixelImage clean,
      int variant,
      TextureSource textures,
      TextureSource normals) {
    long seed = SeededRandom.seed(runSeed, imageId, variant);
    CorruptedSample sample = corruptor.corrupt(clean, textures, normals, seed);
    return new SamplesTable.Sample(
        category,
        imageId,
        variant,
        seed,
        sample.kind().name().toLowerCase(Locale.ROOT),
        sample.rotationDegrees(),
        sample.detail(),
        extractor.extract(sample.corrupted()));
  }
}
