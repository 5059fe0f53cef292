package org.fairspark.job.prepare;

import java.io.Serializable;
import java.util.Locale;
import org.fairspark.corruption.CorruptedSample;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.store.table.SamplesTable;

/**
 * A corrupted training image before any filter, from which the samples of all filters are made. A
 * function of the clean image, its id, the variant, the run's seed and the textures alone.
 *
 * <p>A plain class, since Spark's serializers, which take it to disk, must be able to set its
 * fields; of a {@link CorruptedSample} it keeps no more than a sample needs.
 */
final class CorruptedImage implements Serializable {
  private static final long serialVersionUID = 1;

  private final String category;
  private final String imageId;
  private final int variant;
  private final long seed;
  private final String kind;
  private final double rotationDegrees;
  private final String detail;
  private final int height;
  private final int width;
  private final float[] rgb;

  /**
   * Makes a corruption of an image.
   *
   * @param variant number among the corruptions of this image, from 0
   * @param seed of all its random numbers
   */
  CorruptedImage(
      String category, String imageId, int variant, long seed, CorruptedSample corruption) {
    this.category = category;
    this.imageId = imageId;
    this.variant = variant;
    this.seed = seed;
    this.kind = corruption.kind().name().toLowerCase(Locale.ROOT);
    this.rotationDegrees = corruption.rotationDegrees();
    this.detail = corruption.detail();
    this.height = corruption.corrupted().height();
    this.width = corruption.corrupted().width();
    this.rgb = corruption.corrupted().values();
  }

  /** Returns the training sample that a filter makes of it. */
  SamplesTable.Sample sample(HighFrequencyExtractor extractor) {
    return new SamplesTable.Sample(
        category,
        imageId,
        variant,
        seed,
        kind,
        rotationDegrees,
        detail,
        extractor.extract(new FloatImage(3, height, width, rgb)));
  }
}
