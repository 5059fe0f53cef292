package org.fairspark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairspark.metrics.Metric;
import org.fairspark.report.PaperResults.PrintedNumber;
import org.fairspark.report.ReportModel.Benchmark;

/**
 * The rows of one of the paper's tables 5 to 12, found by the settings that they stand for; or
 * those of tables 1 to 4, which compare methods, by {@code method.kind}.
 *
 * @param table in words
 * @param dataset whose numbers they are, in words
 * @param rows the settings of a row, as printed in {@link PrintedNumber#row}, to its numbers by
 *     metric
 */
record PaperRows(String table, String dataset, Map<String, Map<String, PrintedNumber>> rows) {

  /** The number that stands for tables 1 to 4. */
  private static final int METHODS = 1;

  /**
   * Returns the table's rows for a benchmark; for another data set those for MVTec AD.
   *
   * @param table its number; 1 for tables 1 to 4, of which only means are shown
   */
  static PaperRows of(int table, Benchmark benchmark) {
    return table == METHODS ? ofMethods(benchmark) : ofSettings(table, benchmark);
  }

  private static PaperRows ofMethods(Benchmark benchmark) {
    Benchmark known = benchmark == Benchmark.VISA ? benchmark : Benchmark.MVTEC_AD;
    Map<String, Map<String, PrintedNumber>> rows = new LinkedHashMap<>();
    PaperResults.settings()
        .forEach(
            (method, setting) -> {
              Map<String, PrintedNumber> numbers = new LinkedHashMap<>();
              for (Metric metric : Metric.AREAS) {
                PaperResults.printed()
                    .of(known, method, "mean", metric)
                    .ifPresent(number -> numbers.put(metric.key(), number));
              }
              rows.put(setting, numbers);
            });
    return new PaperRows(
        "the mean over all categories in Tables 1 to 4",
        known == Benchmark.VISA ? words("visa") : words("mvtec"),
        rows);
  }

  private static PaperRows ofSettings(int table, Benchmark benchmark) {
    List<PrintedNumber> own =
        PaperResults.printed().table(table).stream()
            .filter(e -> e.method().equals(PaperResults.FAIR))
            .toList();
    String wanted = benchmark == Benchmark.VISA ? "visa" : "mvtec";
    String dataset =
        own.stream().anyMatch(e -> e.dataset().equals(wanted))
            ? wanted
            : own.stream().map(PrintedNumber::dataset).findFirst().orElse("");
    Map<String, Map<String, PrintedNumber>> rows = new LinkedHashMap<>();
    own.stream()
        .filter(e -> e.dataset().equals(dataset))
        .forEach(
            e -> rows.computeIfAbsent(e.row(), row -> new LinkedHashMap<>()).put(e.metric(), e));
    return new PaperRows("Table " + table, words(dataset), rows);
  }

  private static String words(String dataset) {
    return switch (dataset) {
      case "mvtec" -> "MVTec AD";
      case "visa" -> "VisA";
      case "both" -> "mean of MVTec AD and VisA";
      default -> dataset;
    };
  }

  /** Returns the row whose settings a configuration has, the most particular one if several fit. */
  Optional<String> matching(Map<String, String> configuration) {
    return rows.keySet().stream()
        .filter(row -> settings(row).entrySet().stream().allMatch(s -> has(configuration, s)))
        .max(Comparator.comparingInt(row -> settings(row).size()));
  }

  Optional<PrintedNumber> number(String row, Metric metric) {
    return Optional.ofNullable(rows.getOrDefault(row, Map.of()).get(metric.key()));
  }

  private static Map<String, String> settings(String row) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : row.split(";", -1)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }

  private static boolean has(Map<String, String> configuration, Map.Entry<String, String> setting) {
    String value = configuration.get(setting.getKey());
    return value != null && same(value, setting.getValue());
  }

  private static boolean same(String a, String b) {
    try {
      return Double.parseDouble(a) == Double.parseDouble(b);
    } catch (NumberFormatException e) {
      return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Returns in words how the order of groups by a metric compares with the paper's; empty for fewer
   * than two.
   *
   * @param names of the groups
   * @param here their values
   * @param printed the paper's values
   */
  static String order(List<String> names, double[] here, double[] printed) {
    if (names.size() < 2) {
      return "";
    }
    List<String> ours = falling(names, here);
    List<String> theirs = falling(names, printed);
    String order = String.join(" > ", ours);
    return ours.equals(theirs)
        ? "The order is the paper's: " + order + "."
        : "The order here is %s; in the paper it is %s."
            .formatted(order, String.join(" > ", theirs));
  }

  /** Returns names by falling value; equal values stand together with "=". */
  private static List<String> falling(List<String> names, double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -values[i]));
    List<String> sorted = new ArrayList<>();
    double last = Double.NaN;
    for (int i : order) {
      if (values[i] == last) {
        int end = sorted.size() - 1;
        sorted.set(end, sorted.get(end) + " = " + names.get(i));
      } else {
        sorted.add(names.get(i));
      }
      last = values[i];
    }
    return sorted;
  }
}
