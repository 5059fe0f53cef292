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
import org.fairspark.report.ChartSpec.PlotLine;
import org.fairspark.report.PaperResults.PrintedNumber;
import org.fairspark.report.SweepReportModel.GroupResult;

/** The charts of a sweep: all groups, and a plot for each swept key that is a number. */
final class SweepCharts {
  private static final List<String> TONES = List.of("main", "second", "third");

  private SweepCharts() {}

  static List<Charts.PageChart> of(List<GroupResult> groups, Optional<PaperRows> paper) {
    List<Charts.PageChart> charts = new ArrayList<>();
    List<GroupResult> known =
        groups.stream()
            .filter(c -> c.metrics().get(Metric.IMAGE_AUROC).mean().isPresent())
            .toList();
    if (known.size() > 1) {
      charts.add(overview(known, paper));
    }
    Set<String> keys = new LinkedHashSet<>();
    known.forEach(c -> keys.addAll(c.settings().keySet()));
    for (String key : keys) {
      Map<Double, List<GroupResult>> byValue = byNumber(known, key);
      if (byValue.size() > 1) {
        charts.add(areasOver(key, byValue, charts.size()));
        if (known.stream().allMatch(c -> c.metrics().get(Metric.NORMAL_MSE).mean().isPresent())) {
          charts.add(errorOver(key, byValue, charts.size()));
        }
      }
    }
    return charts;
  }

  private static Charts.PageChart overview(List<GroupResult> groups, Optional<PaperRows> paper) {
    List<String> names = groups.stream().map(GroupResult::name).toList();
    List<PlotLine> lines = new ArrayList<>();
    for (Metric metric : Metric.AREAS) {
      List<Float> values = new ArrayList<>();
      List<Float> reference = new ArrayList<>();
      List<Float> whiskers = new ArrayList<>();
      for (GroupResult group : groups) {
        Spread s = group.metrics().get(metric);
        values.add(s.mean().isPresent() ? (float) s.mean().getAsDouble() : null);
        whiskers.add(s.deviation().isPresent() ? (float) s.deviation().getAsDouble() : null);
        reference.add(
            printed(paper, group, metric).map(e -> (float) (e.value() / 100)).orElse(null));
      }
      lines.add(
          new PlotLine(
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
    return new Charts.PageChart(
        "overview",
        "All cells",
        "Means over categories with one standard deviation over repetitions to either side; the"
            + " table has the numbers.",
        spec);
  }

  /** Returns the groups by the number that a key has in them, leaving out other values. */
  private static Map<Double, List<GroupResult>> byNumber(List<GroupResult> groups, String key) {
    Map<Double, List<GroupResult>> byValue = new TreeMap<>();
    for (GroupResult group : groups) {
      String value = group.settings().get(key);
      if (value != null && value.matches("-?[0-9.]+([eE]-?[0-9]+)?")) {
        byValue.computeIfAbsent(Double.parseDouble(value), v -> new ArrayList<>()).add(group);
      }
    }
    return byValue;
  }

  private static Charts.PageChart areasOver(
      String key, Map<Double, List<GroupResult>> byValue, int number) {
    List<PlotLine> lines = new ArrayList<>();
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
    return new Charts.PageChart("sweep-" + number, "Areas by " + key, words(key, byValue), spec);
  }

  private static Charts.PageChart errorOver(
      String key, Map<Double, List<GroupResult>> byValue, int number) {
    PlotLine line = line("normal error", "normal", byValue, Metric.NORMAL_MSE, 1e4);
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "Normal error by " + key,
            axis(key, byValue),
            Axis.linear("mean squared error, 1e-4"),
            List.of(line),
            List.of());
    return new Charts.PageChart(
        "sweep-" + number,
        "Normal error by " + key,
        "How well normal images are restored: from %s to %s."
            .formatted(
                Format.score(line.y().get(0)), Format.score(line.y().get(line.y().size() - 1))),
        spec);
  }

  private static Axis axis(String key, Map<Double, List<GroupResult>> byValue) {
    List<Double> values = List.copyOf(byValue.keySet());
    boolean wide = values.get(0) > 0 && values.get(values.size() - 1) / values.get(0) >= 20;
    return wide ? Axis.log(key) : Axis.linear(key);
  }

  /**
   * Returns a line over the values of a key; the metric's numbers are multiplied by {@code unit}.
   */
  private static PlotLine line(
      String name,
      String tone,
      Map<Double, List<GroupResult>> byValue,
      Metric metric,
      double unit) {
    List<Float> x = new ArrayList<>();
    List<Float> y = new ArrayList<>();
    List<Float> whiskers = new ArrayList<>();
    byValue.forEach(
        (value, groups) -> {
          List<Spread> spreads = groups.stream().map(c -> c.metrics().get(metric)).toList();
          x.add(value.floatValue());
          double mean =
              spreads.stream().mapToDouble(s -> s.mean().orElseThrow()).average().orElse(0);
          y.add((float) (mean * unit));
          // Of several groups the deviations do not add up to one of their mean.
          whiskers.add(
              spreads.size() == 1 && spreads.get(0).deviation().isPresent()
                  ? (float) (spreads.get(0).deviation().getAsDouble() * unit)
                  : null);
        });
    return new PlotLine(name, tone, x, y, null, null, whiskers);
  }

  private static String words(String key, Map<Double, List<GroupResult>> byValue) {
    double best =
        byValue.entrySet().stream()
            .max(java.util.Comparator.comparingDouble(e -> mean(e.getValue())))
            .orElseThrow()
            .getKey();
    boolean single = byValue.values().stream().allMatch(groups -> groups.size() == 1);
    return "Image AUROC is highest at %s = %s.%s"
        .formatted(
            key,
            Format.score(best),
            single ? "" : " Each point is the mean of all cells with that value.");
  }

  private static double mean(List<GroupResult> groups) {
    return groups.stream()
        .mapToDouble(c -> c.metrics().get(Metric.IMAGE_AUROC).mean().orElseThrow())
        .average()
        .orElse(0);
  }

  /** Returns the paper's number for a group, if its table has one. */
  static Optional<PrintedNumber> printed(
      Optional<PaperRows> paper, GroupResult group, Metric metric) {
    return paper.flatMap(
        p -> p.matching(group.configuration()).flatMap(row -> p.number(row, metric)));
  }
}
