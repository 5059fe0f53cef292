package org.fairspark.metrics;

/** Which pixels count as anomalous after a mask was resized and its edge became gray. */
public enum MaskConvention {
  /**
   * As the paper's code: for pixel AUROC only full white counts, for AUPRO everything above zero
   * belongs to a region. Its numbers compare with the paper's.
   */
  REFERENCE,
  /** Above one half, for both. */
  HALF,
  /** Everything above zero, for both. */
  NONZERO
}
