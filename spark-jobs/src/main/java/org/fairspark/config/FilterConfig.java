package org.fairspark.config;

import java.io.Serializable;
import java.util.Objects;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.frequency.GaussianHighPass;
import org.fairspark.frequency.GrayOnly;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.frequency.IdealHighPass;
import org.fairspark.frequency.Sobel;
import org.fairspark.frequency.Unfiltered;
import org.fairspark.image.ImageSize;

/**
 * {@code filter.*}: the high-frequency extractor.
 *
 * @param kind which extractor
 * @param cutoff cutoff frequency D0 (frequency filters)
 * @param cutoffUnit the unit of D0
 * @param order Butterworth order n
 * @param axes Sobel axes
 * @param kernel Sobel kernel size, 3 or 5
 */
public record FilterConfig(
    Kind kind,
    @EffectiveIf(Condition.FILTER_HAS_CUTOFF) double cutoff,
    @EffectiveIf(Condition.CUTOFF_IS_RELATIVE) CutoffUnit cutoffUnit,
    @EffectiveIf(Condition.FILTER_IS_BUTTERWORTH) int order,
    @EffectiveIf(Condition.FILTER_IS_SOBEL) Sobel.Axes axes,
    @EffectiveIf(Condition.FILTER_IS_SOBEL) int kernel)
    implements Serializable {

  /** Side of the paper's images, in pixels. */
  private static final double PAPER_SIZE = 256;

  public FilterConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(cutoffUnit, "cutoffUnit");
    Objects.requireNonNull(axes, "axes");
    new Checks()
        .positive("filter.cutoff", cutoff)
        .between("filter.order", order, 1, 20)
        .require(kernel == 3 || kernel == 5, "filter.kernel", kernel, "must be 3 or 5")
        .done();
  }

  /**
   * Returns the extractor that these settings describe.
   *
   * @param size of the images
   */
  public HighFrequencyExtractor extractor(ImageSize size) {
    double cyclesPerImage = cyclesPerImage(size);
    return switch (kind) {
      case BUTTERWORTH -> new ButterworthHighPass(cyclesPerImage, order);
      case GAUSSIAN -> new GaussianHighPass(cyclesPerImage);
      case IDEAL -> new IdealHighPass(cyclesPerImage);
      case SOBEL -> new Sobel(axes, kernel);
      case NONE -> new Unfiltered();
      case GRAY -> new GrayOnly();
    };
  }

  /**
   * Returns D0 in cycles per image; of a relative one, those that the longer side has.
   *
   * @param size of the images
   */
  public double cyclesPerImage(ImageSize size) {
    return switch (cutoffUnit) {
      case CYCLES_PER_IMAGE -> cutoff;
      case CYCLES_PER_256_PIXELS -> cutoff * size.longer() / PAPER_SIZE;
    };
  }

  /** Units of the cutoff frequency. */
  public enum CutoffUnit {
    /** The same number of periods across an image of any size: another filter in pixels. */
    CYCLES_PER_IMAGE,
    /** The same period in pixels at any size. */
    CYCLES_PER_256_PIXELS
  }

  /** The extractors; {@code GRAY} keeps all frequencies of the gray image (the paper's ColorRe). */
  public enum Kind {
    BUTTERWORTH,
    GAUSSIAN,
    IDEAL,
    SOBEL,
    NONE,
    GRAY;

    /** Returns whether the extractor is a transfer function with a cutoff frequency. */
    public boolean hasCutoff() {
      return this == BUTTERWORTH || this == GAUSSIAN || this == IDEAL;
    }
  }
}
