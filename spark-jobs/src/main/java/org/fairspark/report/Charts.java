package org.fairspark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.CurvePoint;
import org.fairspark.metrics.DecisionResult;
import org.fairspark.metrics.Metric;
import org.fairspark.report.ChartSpec.Axis;
import org.fairspark.report.ChartSpec.Mark;
import org.fairspark.report.ChartSpec.PlotLine;
import org.fairspark.report.ReportModel.EvaluatedCategory;
import org.fairspark.report.ReportModel.LossCurves;
import org.fairspark.report.ReportModel.Spectrum;

/** The charts of a category, each with a text that says the same in words. */
final class Charts {
  private static final int MAX_POINTS = 240;
  private static final List<String> TONES = List.of("main", "second", "third");

  /** As many as there are kinds of changes; none that says normal or anomalous elsewhere. */
  private static final List<String> CHANGE_TONES =
      List.of(
          "main",
          "second",
          "third",
          "fourth",
          "fifth",
          "main-dashed",
          "second-dashed",
          "third-dashed",
          "fourth-dashed");

  private Charts() {}

  /**
   * A chart on the page.
   *
   * @param id in the page and in its data
   * @param caption the text alternative, which is shown too
   */
  public record PageChart(String id, String title, String caption, ChartSpec spec) {}

  static List<PageChart> of(EvaluatedCategory category, int number) {
    List<PageChart> charts = new ArrayList<>();
    ReportModel.Plots plots = category.plots();
    plots.scores().ifPresent(h -> charts.add(scores(h, number)));
    plots.roc().filter(c -> c.size() > 1).ifPresent(c -> charts.add(roc(c, category, number)));
    plots
        .precision()
        .filter(c -> c.size() > 1)
        .ifPresent(c -> charts.add(precision(c, category, number)));
    if (category.result().pro().size() > 1) {
      charts.add(pro(category, number));
    }
    changes(category, number).ifPresent(charts::add);
    List<LossCurves> losses = plots.loss().stream().filter(Charts::drawable).toList();
    for (int i = 0; i < losses.size(); i++) {
      String id = "loss-" + number + (i == 0 ? "" : "-" + (i + 1));
      charts.add(loss(losses.get(i), id));
    }
    plots.similarity().ifPresent(s -> charts.add(similarity(s, number)));
    plots.energy().ifPresent(s -> charts.add(energy(s, number)));
    return charts;
  }

  private static PageChart scores(Histogram h, int number) {
    int bins = h.normal().size();
    List<Float> edges = new ArrayList<>();
    for (int i = 0; i <= bins; i++) {
      edges.add((float) (h.low() + (h.high() - h.low()) * i / bins));
    }
    ChartSpec spec =
        new ChartSpec(
            "histogram",
            "Scores",
            Axis.linear("image score"),
            new Axis("share of images", null, "linear", "percent"),
            List.of(
                bars("normal", "normal", edges, h.normal()),
                bars("anomalous", "anomalous", edges, h.anomalous())),
            List.of());
    return new PageChart("scores-" + number, "Scores", scoresInWords(h), spec);
  }

  private static PlotLine bars(String name, String tone, List<Float> edges, List<Long> counts) {
    double total = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
    List<Float> shares = counts.stream().map(c -> (float) (c / total)).toList();
    return new PlotLine(name, tone, edges, shares, null, null, null);
  }

  private static String scoresInWords(Histogram h) {
    String counted =
        "%s normal and %s anomalous images"
            .formatted(Format.count(h.normalImages()), Format.count(h.anomalousImages()));
    if (h.normalImages() == 0 || h.anomalousImages() == 0) {
      return counted + ".";
    }
    double width = (h.high() - h.low()) / h.normal().size();
    int lastNormal = last(h.normal());
    long above = h.anomalous().stream().skip(lastNormal + 1L).mapToLong(Long::longValue).sum();
    return "%s. Normal scores end at %s; %s %% of the anomalous images lie above."
        .formatted(
            counted,
            Format.score(h.low() + (lastNormal + 1) * width),
            Format.percent((double) above / h.anomalousImages()));
  }

  private static int last(List<Long> counts) {
    int last = counts.size() - 1;
    while (last >= 0 && counts.get(last) == 0) {
      last--;
    }
    return last;
  }

  private static PageChart roc(Curve curve, EvaluatedCategory category, int number) {
    String words =
        "Of the anomalous images %s %% are found at 1 %% false alarms and %s %% at 5 %%."
            .formatted(Format.percent(curve.at(0.01)), Format.percent(curve.at(0.05)));
    return curve(
        "roc-" + number,
        "ROC, images",
        area("Area", category.value(Metric.IMAGE_AUROC)) + words,
        Axis.percent("false alarms among normal images", 0, 1),
        Axis.percent("anomalous images found", 0, 1),
        PlotLine.of("images", "main", curve.thinned(MAX_POINTS)),
        new Mark("diagonal", null, "chance"));
  }

  private static PageChart precision(Curve curve, EvaluatedCategory category, int number) {
    String words =
        "Where nine in ten anomalous images are found, %s %% of the alarms are right; where all are, %s %%."
            .formatted(Format.percent(curve.at(0.9)), Format.percent(curve.y(curve.size() - 1)));
    return curve(
        "pr-" + number,
        "Precision and recall, images",
        area("Average precision", category.value(Metric.IMAGE_AP)) + words,
        Axis.percent("anomalous images found (recall)", 0, 1),
        Axis.percent("of those called anomalous, are so (precision)", 0, 1),
        PlotLine.of("images", "main", curve.thinned(MAX_POINTS)));
  }

  private static PageChart pro(EvaluatedCategory category, int number) {
    List<CurvePoint> points = category.result().pro();
    Curve curve =
        Curve.of(
            points.stream().mapToDouble(CurvePoint::falsePositiveRate).toArray(),
            points.stream().mapToDouble(CurvePoint::overlap).toArray());
    double limit = category.plots().fprLimit();
    String words =
        "At 1 %% false-positive pixels a region is covered to %s %% on average, at %s %% to %s %%."
            .formatted(
                Format.percent(curve.at(0.01)),
                Format.fixed(limit * 100, 0),
                Format.percent(curve.at(limit)));
    double end = Math.min(1, limit / 0.75);
    return curve(
        "pro-" + number,
        "PRO, regions",
        area("AUPRO", category.value(Metric.AUPRO)) + words,
        Axis.percent("false-positive pixels", 0, end),
        Axis.percent("mean overlap with a region", 0, 1),
        PlotLine.of("regions", "main", curve.thinned(MAX_POINTS)),
        new Mark("beyond", limit, "counted to " + Format.fixed(limit * 100, 0) + " %"));
  }

  private static PageChart curve(
      String id, String title, String caption, Axis x, Axis y, PlotLine line, Mark... marks) {
    ChartSpec spec = new ChartSpec("lines", title, x, y, List.of(line), List.of(marks));
    return new PageChart(id, title, caption, spec);
  }

  /**
   * Returns false alarms by severity of each kind of stated change, from the images as they are on;
   * empty without such.
   */
  private static Optional<PageChart> changes(EvaluatedCategory category, int number) {
    DecisionResult decisions = category.result().decisions();
    OptionalDouble unchanged = falseAlarms(decisions.atThreshold());
    Map<String, SortedMap<Float, Float>> alarms = new TreeMap<>();
    String most = "";
    double highest = -1;
    for (var slice : decisions.underChanges().byValue().entrySet()) {
      OptionalDouble rate = falseAlarms(slice.getValue().atThreshold());
      if (rate.isEmpty()) {
        continue;
      }
      String word = slice.getKey();
      int dash = word.lastIndexOf('-');
      alarms
          .computeIfAbsent(word.substring(0, dash), kind -> new TreeMap<>())
          .put(Float.valueOf(word.substring(dash + 1)), (float) rate.getAsDouble());
      if (rate.getAsDouble() > highest) {
        highest = rate.getAsDouble();
        most = word;
      }
    }
    if (alarms.isEmpty()) {
      return Optional.empty();
    }
    List<PlotLine> lines = new ArrayList<>();
    alarms.forEach(
        (kind, rates) -> {
          unchanged.ifPresent(rate -> rates.put(0f, (float) rate));
          lines.add(
              new PlotLine(
                  kind,
                  CHANGE_TONES.get(lines.size() % CHANGE_TONES.size()),
                  List.copyOf(rates.keySet()),
                  List.copyOf(rates.values()),
                  null,
                  null,
                  // Marks the points, of which there may be one alone.
                  rates.values().stream().map(r -> 0f).toList()));
        });
    String words =
        "%sMost are under %s: %s %%. The threshold stays that of the images as they are."
            .formatted(
                unchanged.isPresent()
                    ? "Unchanged (severity 0), %s %% of the normal images are called anomalous. "
                        .formatted(Format.percent(unchanged.getAsDouble()))
                    : "",
                most,
                Format.percent(highest));
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "False alarms under changes",
            new Axis("severity", List.of(0.0, 5.0), "linear", ""),
            Axis.percent("false alarms among normal images", 0, 1),
            lines,
            List.of());
    return Optional.of(
        new PageChart("changes-" + number, "False alarms under changes", words, spec));
  }

  private static OptionalDouble falseAlarms(Optional<AtThreshold> decided) {
    return decided
        .map(at -> at.images().falsePositiveRate().value())
        .orElseGet(OptionalDouble::empty);
  }

  private static String area(String name, Area area) {
    return area instanceof Area.NotDefined none
        ? "%s not defined, because %s. ".formatted(name, none.because())
        : "%s %s %%. ".formatted(name, Format.precisePercent(area.value().orElseThrow()));
  }

  private static boolean drawable(LossCurves loss) {
    return loss.series().stream().anyMatch(s -> s.curve().size() > 1);
  }

  private static PageChart loss(LossCurves loss, String id) {
    List<PlotLine> lines = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean positive = true;
    for (int i = 0; i < loss.series().size(); i++) {
      ReportModel.Series series = loss.series().get(i);
      Curve curve = series.curve();
      if (curve.size() == 0) {
        continue;
      }
      String tone = TONES.get(i % TONES.size());
      lines.add(PlotLine.of(series.name(), tone, curve.thinned(MAX_POINTS)));
      words.add(
          "%s from %s to %s"
              .formatted(
                  series.name(),
                  Format.score(curve.y(0)),
                  Format.score(curve.y(curve.size() - 1))));
      positive &= IntStream.range(0, curve.size()).allMatch(p -> curve.y(p) > 0);
    }
    Axis y = positive ? Axis.log("loss") : Axis.linear("loss");
    ChartSpec spec =
        new ChartSpec("lines", loss.title(), Axis.linear(loss.unit()), y, lines, List.of());
    return new PageChart(id, loss.title(), Format.list(words) + ".", spec);
  }

  private static PageChart similarity(Spectrum s, int number) {
    int middle = s.normal().size() / 2;
    String words =
        "Normal test images keep a similarity of %s at half the highest frequency%s."
            .formatted(
                Format.fixed(s.normal().y(middle), 3),
                s.anomalous()
                    .map(c -> ", anomalous ones " + Format.fixed(c.y(c.size() / 2), 3))
                    .orElse(""));
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "Similarity by frequency",
            Axis.linear("cycles per image"),
            Axis.linear("cosine similarity"),
            pair(s),
            List.of());
    return new PageChart("similarity-" + number, "Similarity by frequency", words, spec);
  }

  private static PageChart energy(Spectrum s, int number) {
    double total = 0;
    for (int i = 0; i < s.normal().size(); i++) {
      total += s.normal().y(i);
    }
    double sum = 0;
    int half = 0;
    while (half < s.normal().size() && sum < 0.9 * total) {
      sum += s.normal().y(half++);
    }
    double within = s.normal().size() == 0 ? 0 : s.normal().x(Math.max(0, half - 1));
    // A band that ends below one cycle is that of the mean alone.
    String words =
        total <= 0
            ? "The images have no energy but that of their mean."
            : within < 1
                ? "Nine tenths of the energy lie below one cycle per image."
                : "Nine tenths of the energy lie within %s cycles per image."
                    .formatted(Format.fixed(within, 0));
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "Energy by frequency",
            Axis.linear("cycles per image"),
            Axis.log("share of energy"),
            pair(s),
            List.of());
    return new PageChart("energy-" + number, "Energy by frequency", words, spec);
  }

  private static List<PlotLine> pair(Spectrum s) {
    List<PlotLine> lines = new ArrayList<>();
    lines.add(PlotLine.of("normal", "normal", s.normal().thinned(MAX_POINTS)));
    s.anomalous()
        .ifPresent(c -> lines.add(PlotLine.of("anomalous", "anomalous", c.thinned(MAX_POINTS))));
    return lines;
  }

  /** Returns the chart of all categories; empty for fewer than three. */
  static Optional<PageChart> overview(List<EvaluatedCategory> categories, PaperColumn paper) {
    if (categories.size() < 3) {
      return Optional.empty();
    }
    List<String> names = categories.stream().map(EvaluatedCategory::name).toList();
    List<PlotLine> lines = new ArrayList<>();
    for (Metric metric : Metric.AREAS) {
      List<Float> values = new ArrayList<>();
      List<Float> printed = new ArrayList<>();
      for (EvaluatedCategory category : categories) {
        OptionalDouble value = category.value(metric).value();
        values.add(value.isPresent() ? (float) value.getAsDouble() : null);
        printed.add(
            paper
                .of(category.name(), metric)
                .filter(e -> !e.doubtful())
                .map(e -> (float) (e.value() / 100))
                .orElse(null));
      }
      lines.add(
          new PlotLine(
              metric.label(), TONES.get(lines.size()), null, values, names, printed, null));
    }
    ChartSpec spec =
        new ChartSpec(
            "dots",
            "All categories",
            new Axis("", null, "linear", "percent"),
            Axis.linear(""),
            lines,
            List.of());
    return Optional.of(
        new PageChart(
            "overview",
            "All categories",
            "The three metrics of every category; the table below has the numbers.",
            spec));
  }
}
