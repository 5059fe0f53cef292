package org.fairspark.dataset;

import java.util.Locale;

/** Which part of a data set an image belongs to. Training images are normal, without exception. */
public enum Split {
  TRAIN,
  TEST;

  /** The name in tables, partition folders and messages: {@code train} or {@code test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The split of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Split of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
