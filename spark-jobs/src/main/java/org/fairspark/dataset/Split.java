package org.fairspark.dataset;

import java.util.Locale;

/** The parts of a data set. Training and calibration images are normal, without exception. */
public enum Split {
  TRAIN,
  /** Images that are not trained on and set the thresholds. */
  CALIBRATION,
  TEST;

  /** Returns the name in tables, partition folders and messages: {@code train}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the split of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Split of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
