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

/**
 * {@code filter.*}: the high-frequency extractor.
 *
 * @param kind which extractor
 * @param cutoff cutoff frequency D0 in cycles per image (frequency filters)
 * @param order Butterworth order n
 * @param axes Sobel axes
 * @param kernel Sobel kernel size, 3 or 5
 */
public record FilterConfig(
    Kind kind,
    @EffectiveIf(Condition.FILTER_HAS_CUTOFF) double cutoff,
    @EffectiveIf(Condition.FILTER_IS_BUTTERWORTH) int order,
    @EffectiveIf(Condition.FILTER_IS_SOBEL) Sobel.Axes axes,
    @EffectiveIf(Condition.FILTER_IS_SOBEL) int kernel)
    implements Serializable {

  public FilterConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(axes, "axes");
    new Checks()
        .positive("filter.cutoff", cutoff)
        .between("filter.order", order, 1, 20)
        .require(kernel == 3 || kernel == 5, "filter.kernel", kernel, "must be 3 or 5")
        .done();
  }

  /** Returns the extractor that these settings describe. */
  public HighFrequencyExtractor extractor() {
    return switch (kind) {
      case BUTTERWORTH -> new ButterworthHighPass(cutoff, order);
      case GAUSSIAN -> new GaussianHighPass(cutoff);
      case IDEAL -> new IdealHighPass(cutoff);
      case SOBEL -> new Sobel(axes, kernel);
      case NONE -> new Unfiltered();
      case GRAY -> new GrayOnly();
    };
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
