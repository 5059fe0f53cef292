package org.fairspark.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fairspark.metrics.Metric;
import org.fairspark.report.ChartSpec.Axis;
import org.fairspark.report.ChartSpec.Line;
import org.fairspark.report.PaperResults.Entry;
import org.fairspark.report.SweepReportModel.Cell;

/** The charts of a sweep: all cells, and a plot for each swept key that is a number. */
final class SweepCharts {
  private static final List<String> TONES = List.of("main", "second", "third");

  private SweepCharts() {}

  static List<Charts.Chart> of(List<Cell> cells, Optional<PaperRows> paper) {
    List<Charts.Chart> charts = new ArrayList<>();
    List<Cell> known =
        cells.stream().filter(c -> c.metrics().get(Metric.IMAGE_AUROC).mean().isPresent()).toList();
    if (known.size() > 1) {
      charts.add(overview(known, paper));
    }
    Set<String> keys = new LinkedHashSet<>();
    known.forEach(c -> keys.addAll(c.settings().keySet()));
    for (String key : keys) {
      Map<Double, List<Cell>> byValue = byNumber(known, key);
      if (byValue.size() > 1) {
        charts.add(areasOver(key, byValue, charts.size()));
        if (known.stream().allMatch(c -> c.metrics().get(Metric.NORMAL_MSE).mean().isPresent())) {
          charts.add(errorOver(key, byValue, charts.size()));
        }
      }
    }
    return charts;
  }

  private static Charts.Chart overview(List<Cell> cells, Optional<PaperRows> paper) {
    List<String> names = cells.stream().map(Cell::name).toList();
    List<Line> lines = new ArrayList<>();
    for (Metric metric : Metric.AREAS) {
      List<Float> values = new ArrayList<>();
      List<Float> reference = new ArrayList<>();
      List<Float> whiskers = new ArrayList<>();
      for (Cell cell : cells) {
        Spread s = cell.metrics().get(metric);
        values.add(s.mean().isPresent() ? (float) s.mean().getAsDouble() : null);
        whiskers.add(s.deviation().isPresent() ? (float) s.deviation().getAsDouble() : null);
        reference.add(
            printed(paper, cell, metric).map(e -> (float) (e.value() / 100)).orElse(null));
      }
      lines.add(
          new Line(
              metric.label(), TONES.get(lines.size()), null, values, names, reference, whiskers));
    }
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
    for (Metric metric : Metric.AREAS) {
      if (byValue.values().stream()
          .flatMap(List::stream)
          .allMatch(c -> c.metrics().get(metric).mean().isPresent())) {
        lines.add(line(metric.label(), TONES.get(lines.size()), byValue, metric, 1));
      }
    }
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
    Line line = line("normal error", "normal", byValue, Metric.NORMAL_MSE, 1e4);
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

  /** A line over the values of a key; the metric's numbers are multiplied by {@code unit}. */
  private static Line line(
      String name, String tone, Map<Double, List<Cell>> byValue, Metric metric, double unit) {
    List<Float> x = new ArrayList<>();
    List<Float> y = new ArrayList<>();
    List<Float> whiskers = new ArrayList<>();
    byValue.forEach(
        (value, cells) -> {
          List<Spread> spreads = cells.stream().map(c -> c.metrics().get(metric)).toList();
          x.add(value.floatValue());
          double mean =
              spreads.stream().mapToDouble(s -> s.mean().orElseThrow()).average().orElse(0);
          y.add((float) (mean * unit));
          // Of several cells the deviations do not add up to one of their mean.
          whiskers.add(
              spreads.size() == 1 && spreads.get(0).deviation().isPresent()
                  ? (float) (spreads.get(0).deviation().getAsDouble() * unit)
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
        .mapToDouble(c -> c.metrics().get(Metric.IMAGE_AUROC).mean().orElseThrow())
        .average()
        .orElse(0);
  }

  /** The paper's number for a cell, if its table has one. */
  static Optional<Entry> printed(Optional<PaperRows> paper, Cell cell, Metric metric) {
    return paper.flatMap(
        p -> p.matching(cell.configuration()).flatMap(row -> p.number(row, metric)));
  }
}
