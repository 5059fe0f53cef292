package org.fairspark.metrics;

/** The pixels that count as anomalous after a mask was resized and its edge became gray. */
public enum MaskConvention {
  /**
   * The reference code's, for numbers that compare with the paper's: for pixel AUROC only full
   * white is anomalous, for AUPRO every pixel above zero belongs to a region.
   */
  REFERENCE(255, 1),
  /** Anomalous above one half, for both metrics. */
  HALF(128, 128),
  /** Anomalous above zero, for both metrics. */
  NONZERO(1, 1);

  private final int positiveLevel;
  private final int regionLevel;

  MaskConvention(int positiveLevel, int regionLevel) {
    this.positiveLevel = positiveLevel;
    this.regionLevel = regionLevel;
  }

  /** Returns the smallest mask value, 1..255, that pixel AUROC takes for anomalous. */
  public int positiveLevel() {
    return positiveLevel;
  }

  /** Returns the smallest mask value, 1..255, that belongs to a region for AUPRO. */
  public int regionLevel() {
    return regionLevel;
  }

  /** Returns the convention in words, for outputs. */
  public String describe() {
    return switch (this) {
      case REFERENCE ->
          "pixel AUROC: anomalous where the resized mask is full white; AUPRO: regions where it is"
              + " above zero (the paper's code)";
      case HALF -> "anomalous where the resized mask is above one half";
      case NONZERO -> "anomalous where the resized mask is above zero";
    };
  }
}
