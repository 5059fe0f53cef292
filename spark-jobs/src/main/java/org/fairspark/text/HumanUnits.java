package org.fairspark.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sizes, counts and times as people read them; the same in every locale. */
public final class HumanUnits {
  private HumanUnits() {}

  /** Returns a size in decimal units, such as {@code 13 MB} or {@code 1.3 MB}. */
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

  /** Returns a count in groups of three digits: {@code 12 345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }

  /**
   * Returns a time by its two largest units: {@code 4 min 12 s}, {@code 2 h 5 min}, {@code 0.8 s}.
   */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    long days = seconds / 86_400;
    long hours = seconds / 3600 % 24;
    long minutes = seconds / 60 % 60;
    List<String> parts = new ArrayList<>();
    if (days > 0) {
      parts.add(days + " d");
    }
    if (hours > 0) {
      parts.add(hours + " h");
    }
    if (minutes > 0) {
      parts.add(minutes + " min");
    }
    if (seconds % 60 > 0) {
      parts.add(seconds % 60 + " s");
    }
    return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  /**
   * Returns a time as a running clock shows it: {@code 0:07}, {@code 12:30}, {@code 1:02:03},
   * {@code 3 d 4 h}.
   */
  public static String clock(double seconds) {
    long s = Math.round(seconds);
    if (s >= 86_400) {
      return s / 86_400 + " d " + s % 86_400 / 3600 + " h";
    }
    return s >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s % 3600 / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
  }
}
