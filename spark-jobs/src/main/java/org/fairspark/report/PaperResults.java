package org.fairspark.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairspark.metrics.Metric;

/**
 * The numbers that the paper prints in its tables 1 to 12, with a note where one is known to be
 * wrong. Areas are in percent, as printed.
 */
public final class PaperResults {
  /** The name of the paper's own method. */
  public static final String FAIR = "FAIR";

  /** The setting that says a run's method. */
  static final String METHOD = "method.kind";

  /** Methods by the words of {@link #METHOD}, as the paper prints them. */
  private static final Map<String, String> METHODS =
      Map.of(
          "restoration", FAIR,
          "patchcore", "PatchCore",
          "draem", "DRAEM",
          "riad", "RIAD",
          "nsa", "NSA",
          "cutpaste", "CutPaste",
          "patchsvdd", "Patch-SVDD",
          "rd4ad", "RD4AD",
          "ast", "AST",
          "intra", "InTra");

  private static final PaperResults PRINTED = new PaperResults(read());

  private final List<PrintedNumber> entries;

  private PaperResults(List<PrintedNumber> entries) {
    this.entries = entries;
  }

  /**
   * One printed number.
   *
   * @param table number of the table
   * @param dataset "mvtec", "visa" or "both"
   * @param row a category, "mean", or the settings that the row stands for
   * @param method whose result, {@link #FAIR} or another's
   * @param metric "image_auroc", "pixel_auroc", "aupro", "normal_mse" and so on
   * @param value as printed: areas in percent, errors in 1e-4
   * @param doubtful whether it is probably wrong; verdicts leave such a number out
   * @param note what is to be known about it; may be empty
   */
  public record PrintedNumber(
      int table,
      String dataset,
      String row,
      String method,
      String metric,
      double value,
      boolean doubtful,
      String note) {}

  /** Returns the tables as printed. */
  public static PaperResults printed() {
    return PRINTED;
  }

  /** Returns all numbers of a table, in printed order. */
  public List<PrintedNumber> table(int number) {
    return entries.stream().filter(e -> e.table == number).toList();
  }

  /**
   * Returns the name under which the paper prints a method; empty if it has none of its numbers.
   *
   * @param kind as in the configuration
   */
  static Optional<String> method(String kind) {
    return Optional.ofNullable(METHODS.get(kind));
  }

  /** Returns the printed methods by the settings that stand for them. */
  static Map<String, String> settings() {
    return METHODS.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, e -> METHOD + "=" + e.getKey()));
  }

  /**
   * Returns a method's result for a category (or "mean") of a benchmark, tables 1 to 4.
   *
   * @param method as printed
   */
  public Optional<PrintedNumber> of(
      ReportModel.Benchmark benchmark, String method, String category, Metric metric) {
    String dataset =
        switch (benchmark) {
          case MVTEC_AD -> "mvtec";
          case VISA -> "visa";
          case OTHER -> "";
        };
    return entries.stream()
        .filter(e -> e.table <= 4 && e.dataset.equals(dataset) && e.method.equals(method))
        .filter(e -> e.metric.equals(metric.key()) && plain(e.row).equals(plain(category)))
        .findFirst();
  }

  /** Returns a category's name without case and separators: "Pipe fryum" is "pipe_fryum". */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static List<PrintedNumber> read() {
    try (InputStream stream = PaperResults.class.getResourceAsStream("paper/results.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(PaperResults::entry).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintedNumber entry(String line) {
    String[] f = line.split(",", 8);
    return new PrintedNumber(
        Integer.parseInt(f[0]),
        f[1],
        f[2],
        f[3],
        f[4],
        Double.parseDouble(f[5]),
        f[6].equals("yes"),
        f[7]);
  }
}
