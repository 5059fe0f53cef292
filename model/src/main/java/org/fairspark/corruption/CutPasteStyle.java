package org.fairspark.corruption;

/** The two ways of making the large CutPaste, in which the paper's text and its code differ. */
public enum CutPasteStyle {
  /**
   * The reference code's: a patch truncated at the border and rotated by whole radians about its
   * corner. On average it covers 24 % of the image, and 83 % of it is black.
   */
  REFERENCE,
  /** The paper's text: an intact patch of the same image that covers more than half of it. */
  PAPER
}
