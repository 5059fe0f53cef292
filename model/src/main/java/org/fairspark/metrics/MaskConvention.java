package org.fairspark.metrics;

/** Which pixels count as anomalous after a mask was resized and its edge became gray. */
public enum MaskConvention {
  /**
   * As the paper's code: for pixel AUROC only full white counts, for AUPRO everything above zero
   * belongs to a region. Its numbers compare with the paper's.
   */
  REFERENCE(255, 1),
  /** Above one half, for both. */
  HALF(128, 128),
  /** Everything above zero, for both. */
  NONZERO(1, 1);

  private final int positiveLevel;
  private final int regionLevel;

  MaskConvention(int positiveLevel, int regionLevel) {
    this.positiveLevel = positiveLevel;
    this.regionLevel = regionLevel;
  }

  /** The smallest mask value, 1..255, that pixel AUROC takes for anomalous. */
  public int positiveLevel() {
    return positiveLevel;
  }

  /** The smallest mask value, 1..255, that belongs to a region for AUPRO. */
  public int regionLevel() {
    return regionLevel;
  }

  /** The convention in words, for outputs. */
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
