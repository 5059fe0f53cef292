package org.fairspark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.fairspark.report.ChartSpec.Axis;
import org.fairspark.report.ChartSpec.Line;
import org.fairspark.report.PaperResults.Entry;
import org.fairspark.report.SweepReportModel.Cell;
import org.fairspark.report.SweepReportModel.Metrics;

/** The charts of a sweep: all cells, and a plot for each swept key that is a number. */
final class SweepCharts {
  /** Metrics in percent, by the name that the paper's data has for them. */
  static final Map<String, Function<Metrics, Spread>> AREAS = areas();

  private static final List<String> TONES = List.of("main", "second", "third");

  private SweepCharts() {}

  private static Map<String, Function<Metrics, Spread>> areas() {
    Map<String, Function<Metrics, Spread>> areas = new LinkedHashMap<>();
    areas.put("image AUROC", Metrics::imageAuroc);
    areas.put("pixel AUROC", Metrics::pixelAuroc);
    areas.put("AUPRO", Metrics::aupro);
    return areas;
  }

  static String key(String metric) {
    return metric.replace(' ', '_').toLowerCase(java.util.Locale.ROOT);
  }

  static List<Charts.Chart> of(List<Cell> cells, Optional<PaperRows> paper) {
    List<Charts.Chart> charts = new ArrayList<>();
    List<Cell> known =
        cells.stream().filter(c -> c.metrics().imageAuroc().mean().isPresent()).toList();
    if (known.size() > 1) {
      charts.add(overview(known, paper));
    }
    Set<String> keys = new LinkedHashSet<>();
    known.forEach(c -> keys.addAll(c.settings().keySet()));
    for (String key : keys) {
      Map<Double, List<Cell>> byValue = byNumber(known, key);
      if (byValue.size() > 1) {
        charts.add(areasOver(key, byValue, charts.size()));
        if (known.stream().allMatch(c -> c.metrics().normalMse().mean().isPresent())) {
          charts.add(errorOver(key, byValue, charts.size()));
        }
      }
    }
    return charts;
  }

  private static Charts.Chart overview(List<Cell> cells, Optional<PaperRows> paper) {
    List<String> names = cells.stream().map(Cell::name).toList();
    List<Line> lines = new ArrayList<>();
    AREAS.forEach(
        (metric, spread) -> {
          List<Float> values = new ArrayList<>();
          List<Float> reference = new ArrayList<>();
          List<Float> whiskers = new ArrayList<>();
          for (Cell cell : cells) {
            Spread s = spread.apply(cell.metrics());
            values.add(s.mean().isPresent() ? (float) s.mean().getAsDouble() : null);
            whiskers.add(s.deviation().isPresent() ? (float) s.deviation().getAsDouble() : null);
            reference.add(
                paper
                    .flatMap(
                        p ->
                            p.matching(cell.configuration())
                                .flatMap(row -> p.number(row, key(metric))))
                    .map(e -> (float) (e.value() / 100))
                    .orElse(null));
          }
          lines.add(
              new Line(metric, TONES.get(lines.size()), null, values, names, reference, whiskers));
        });
    ChartSpec spec =
        new ChartSpec(
            "dots",
            "All cells",
            new Axis("", null, "linear", "percent"),
            Axis.linear(""),
            lines,
            List.of());
    return new Charts.Chart(
        "overview",
        "All cells",
        "Means over categories with one standard deviation over repetitions to either side; the"
            + " table has the numbers.",
        spec);
  }

  /** Cells by the number that a key has in them; cells where it is no number are left out. */
  private static Map<Double, List<Cell>> byNumber(List<Cell> cells, String key) {
    Map<Double, List<Cell>> byValue = new TreeMap<>();
    for (Cell cell : cells) {
      String value = cell.settings().get(key);
      if (value != null && value.matches("-?[0-9.]+([eE]-?[0-9]+)?")) {
        byValue.computeIfAbsent(Double.parseDouble(value), v -> new ArrayList<>()).add(cell);
      }
    }
    return byValue;
  }

  private static Charts.Chart areasOver(String key, Map<Double, List<Cell>> byValue, int number) {
    List<Line> lines = new ArrayList<>();
    AREAS.forEach(
        (metric, spread) -> {
          if (byValue.values().stream()
              .flatMap(List::stream)
              .allMatch(c -> spread.apply(c.metrics()).mean().isPresent())) {
            lines.add(line(metric, TONES.get(lines.size()), byValue, spread));
          }
        });
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "Areas by " + key,
            axis(key, byValue),
            new Axis("mean over categories", null, "linear", "percent"),
            lines,
            List.of());
    return new Charts.Chart("sweep-" + number, "Areas by " + key, words(key, byValue), spec);
  }

  private static Charts.Chart errorOver(String key, Map<Double, List<Cell>> byValue, int number) {
    Line line = line("normal error", "normal", byValue, Metrics::normalMse);
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "Normal error by " + key,
            axis(key, byValue),
            Axis.linear("mean squared error, 1e-4"),
            List.of(line),
            List.of());
    return new Charts.Chart(
        "sweep-" + number,
        "Normal error by " + key,
        "How well normal images are restored: from %s to %s."
            .formatted(
                Format.score(line.y().get(0)), Format.score(line.y().get(line.y().size() - 1))),
        spec);
  }

  private static Axis axis(String key, Map<Double, List<Cell>> byValue) {
    List<Double> values = List.copyOf(byValue.keySet());
    boolean wide = values.get(0) > 0 && values.get(values.size() - 1) / values.get(0) >= 20;
    return wide ? Axis.log(key) : Axis.linear(key);
  }

  private static Line line(
      String name, String tone, Map<Double, List<Cell>> byValue, Function<Metrics, Spread> spread) {
    List<Float> x = new ArrayList<>();
    List<Float> y = new ArrayList<>();
    List<Float> whiskers = new ArrayList<>();
    byValue.forEach(
        (value, cells) -> {
          List<Spread> spreads = cells.stream().map(c -> spread.apply(c.metrics())).toList();
          x.add(value.floatValue());
          y.add(
              (float)
                  spreads.stream().mapToDouble(s -> s.mean().orElseThrow()).average().orElse(0));
          // Of several cells the deviations do not add up to one of their mean.
          whiskers.add(
              spreads.size() == 1 && spreads.get(0).deviation().isPresent()
                  ? (float) spreads.get(0).deviation().getAsDouble()
                  : null);
        });
    return new Line(name, tone, x, y, null, null, whiskers);
  }

  private static String words(String key, Map<Double, List<Cell>> byValue) {
    double best =
        byValue.entrySet().stream()
            .max(java.util.Comparator.comparingDouble(e -> mean(e.getValue())))
            .orElseThrow()
            .getKey();
    boolean single = byValue.values().stream().allMatch(cells -> cells.size() == 1);
    return "Image AUROC is highest at %s = %s.%s"
        .formatted(
            key,
            Format.score(best),
            single ? "" : " Each point is the mean of all cells with that value.");
  }

  private static double mean(List<Cell> cells) {
    return cells.stream()
        .mapToDouble(c -> c.metrics().imageAuroc().mean().orElseThrow())
        .average()
        .orElse(0);
  }

  /** The paper's number for a cell, if its table has one. */
  static Optional<Entry> printed(Optional<PaperRows> paper, Cell cell, String metric) {
    return paper.flatMap(
        p -> p.matching(cell.configuration()).flatMap(row -> p.number(row, metric)));
  }
}
