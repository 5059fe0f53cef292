package org.fairspark.text;

import java.util.Locale;

/** Sizes for people. */
public final class HumanUnits {
  private HumanUnits() {}

  /** Such as {@code 13.4 MB}; decimal units. */
  public static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
