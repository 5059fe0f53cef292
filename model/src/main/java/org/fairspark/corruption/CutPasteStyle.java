package org.fairspark.corruption;

/** How the large CutPaste is made: the paper's text and its code differ. */
public enum CutPasteStyle {
  /**
   * As the code does it: a patch truncated at the border and turned by whole radians about its
   * corner, so mostly black.
   */
  REFERENCE,
  /** As the text says it: an intact patch of the same image that covers more than half of it. */
  PAPER
}
