package org.fairspark.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.fairspark.text.HumanUnits;

/** Human-readable numbers, the same in every locale. */
final class Format {
  private static final char MINUS = '\u2212';
  private static final char THIN_SPACE = '\u202f';

  private Format() {}

  /** Returns a fraction of one in percent with one decimal, without the sign: "97.8". */
  static String percent(double fraction) {
    return fixed(fraction * 100, 1);
  }

  /** Returns a fraction of one in percent with two decimals: "97.81". */
  static String precisePercent(double fraction) {
    return fixed(fraction * 100, 2);
  }

  static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    if (text.startsWith("-")) {
      String magnitude = text.substring(1);
      return magnitude.matches("[0.]*") ? magnitude : MINUS + magnitude;
    }
    return text;
  }

  /** Returns a difference in points with its sign: "+0.6". */
  static String signed(double value, int decimals) {
    String text = fixed(value, decimals);
    return text.charAt(0) == MINUS || text.matches("[0.]*") ? text : "+" + text;
  }

  /** Returns a score or a loss to three significant digits. */
  static String score(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e5 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.2e", value).replace('-', MINUS);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    return fixed(value, decimals);
  }

  /** Returns a half width to two digits, or "0.001 at most". */
  static String bound(double value) {
    return value < 0.001 ? "0.001 at most" : fixed(value, value < 0.01 ? 4 : value < 0.1 ? 3 : 2);
  }

  /** Returns a count, grouped in threes from five digits on: "12 345". */
  static String count(long value) {
    if (Math.abs(value) < 10_000) {
      return Long.toString(value);
    }
    return String.format(Locale.ROOT, "%,d", value).replace(',', THIN_SPACE);
  }

  static String counted(long value, String one, String many) {
    return count(value) + " " + (value == 1 ? one : many);
  }

  /** Returns a size in decimal units, such as "13.4 MB"; "unknown" if it is negative. */
  static String bytes(long bytes) {
    return bytes < 0 ? "unknown" : HumanUnits.bytes(bytes);
  }

  /** Returns date and time in UTC, to the minute. */
  static String time(Instant instant) {
    ZoneId utc = ZoneOffset.UTC;
    return DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
        .format(instant.atZone(utc));
  }

  /** Joins words: "a", "a and b", "a, b and c". */
  static String list(List<String> words) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
