package org.fairspark.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.DefectResult;
import org.fairspark.metrics.Metric;
import org.fairspark.report.ReportModel.EvaluatedCategory;
import org.fairspark.report.ReportModel.Fact;
import org.fairspark.report.ReportModel.Quarantine;
import org.fairspark.report.ReportModel.Run;
import org.fairspark.text.HumanUnits;

/** The way from a {@link ReportModel} to a {@link ReportPage}: rounding, comparing, wording. */
final class ReportPages {
  private static final int MAX_BAD_FILES = 500;

  /** The settings behind the paper's tables 1 to 4 (section 4.3). */
  private static final Map<String, String> PAPER_SETTINGS =
      Map.of(
          "image.size", "256",
          "image.fit", "stretch",
          "image.tiles", "false",
          "image.reduction", "bilinear",
          "filter.kind", "butterworth",
          "filter.cutoff", "30",
          "filter.order", "2",
          "model.width", "128",
          "model.skips", "true",
          "training.batch-size", "8");

  private ReportPages() {}

  static ReportPage of(ReportModel model, long pictureBudget) {
    Run run = model.run();
    List<EvaluatedCategory> categories = model.categories();
    Galleries galleries = Galleries.of(categories, pictureBudget);
    PaperColumn paper = PaperColumn.of(run);
    List<ReportPage.CategoryView> views =
        IntStream.range(0, categories.size())
            .mapToObj(i -> category(categories.get(i), paper, i, galleries))
            .toList();
    Optional<Charts.PageChart> overview = Charts.overview(categories, paper);
    Map<String, ChartSpec> charts = new LinkedHashMap<>();
    overview.ifPresent(c -> charts.put(c.id(), c.spec()));
    views.forEach(v -> v.charts().forEach(c -> charts.put(c.id(), c.spec())));
    Optional<ReportPage.FilterView> filters = model.filters().map(FilterViews::of);
    filters.ifPresent(f -> f.charts().forEach(c -> charts.put(c.id(), c.spec())));
    Map<String, ThresholdSteps> deciders = new LinkedHashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      String id = views.get(i).id();
      categories.get(i).plots().steps().ifPresent(steps -> deciders.put(id, steps));
    }
    boolean compared = views.stream().anyMatch(v -> !v.imageAuroc().paper().isEmpty());
    return new ReportPage(
        "FAIR report: " + run.name(),
        run.name(),
        new ReportPage.Summary(
            lede(categories, views),
            facts(run, categories),
            tiles(categories, paper),
            run.notes(),
            compared && paper.isFair() ? differences(run) : "",
            compared ? paper.method().orElse("") : "",
            overview),
        views,
        run,
        timings(run),
        quarantine(model.quarantine()),
        filters,
        PageData.json(charts),
        PageData.json(deciders));
  }

  private static ReportPage.CategoryView category(
      EvaluatedCategory c, PaperColumn paper, int number, Galleries galleries) {
    return new ReportPage.CategoryView(
        "category-" + number,
        c.name(),
        CategoryVerdict.of(c, paper),
        Metric.AREAS.stream()
            .map(m -> MetricView.area(m, c.value(m), paper.of(c.name(), m)))
            .toList(),
        MetricView.error(c.value(Metric.NORMAL_MSE)),
        c.result().counts(),
        counts(c),
        c.result().defects().entrySet().stream()
            .map(e -> defect(e.getKey(), e.getValue()))
            .toList(),
        DecisionTables.of(c.result()),
        c.result().decisions().undecided(),
        c.plots().steps().map(steps -> steps.thresholds().size()).orElse(0),
        Charts.of(c, number),
        galleries.of(number),
        c.notes());
  }

  private static ReportPage.DefectView defect(String name, DefectResult result) {
    return new ReportPage.DefectView(
        name,
        result.images(),
        result.regions(),
        Metric.AREAS.stream()
            .map(m -> MetricView.area(m, result.values().get(m), Optional.empty()))
            .toList(),
        MetricView.share("Area", result.areaShare()));
  }

  private static String counts(EvaluatedCategory c) {
    String held = c.heldOut() == 0 ? "" : ", with %s held out".formatted(Format.count(c.heldOut()));
    return "Trained on %s%s. Tested on %s normal and %s with %s."
        .formatted(
            Format.counted(c.trainImages(), "normal image", "normal images"),
            held,
            Format.count(c.result().counts().normal()),
            Format.counted(c.result().counts().anomalous(), "anomalous image", "anomalous images"),
            Format.counted(c.result().counts().regions(), "marked region", "marked regions"));
  }

  /** Returns the result in words: each category if there are few, else how many are how good. */
  private static String lede(
      List<EvaluatedCategory> categories, List<ReportPage.CategoryView> views) {
    if (views.isEmpty()) {
      return "No category was evaluated.";
    }
    long images = categories.stream().mapToLong(EvaluatedCategory::testImages).sum();
    String tested = Format.counted(images, "test image", "test images");
    if (views.size() <= 3) {
      List<String> parts =
          views.stream().map(v -> v.name() + " " + v.verdict().ofOne() + value(v)).toList();
      return "%s, on %s.".formatted(Format.list(parts), tested);
    }
    Map<CategoryVerdict, Long> verdicts =
        views.stream()
            .collect(
                Collectors.groupingBy(
                    ReportPage.CategoryView::verdict, LinkedHashMap::new, Collectors.counting()));
    List<String> parts =
        verdicts.entrySet().stream()
            .sorted(Map.Entry.<CategoryVerdict, Long>comparingByValue().reversed())
            .map(
                e ->
                    e.getValue()
                        + " "
                        + (e.getValue() == 1 ? e.getKey().ofOne() : e.getKey().ofMany()))
            .toList();
    String weakest =
        views.stream()
            .filter(v -> !v.imageAuroc().sort().isEmpty())
            .min(Comparator.comparingDouble(v -> Double.parseDouble(v.imageAuroc().sort())))
            .map(v -> " Weakest: " + v.name() + value(v) + ".")
            .orElse("");
    return "Of %d categories, tested on %s, %s.%s"
        .formatted(views.size(), tested, Format.list(parts), weakest);
  }

  private static String value(ReportPage.CategoryView view) {
    return view.imageAuroc().value().isEmpty()
        ? ""
        : " (image AUROC " + view.imageAuroc().value() + " %)";
  }

  private static List<Fact> facts(Run run, List<EvaluatedCategory> categories) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Finished", Format.time(run.finished())));
    facts.add(
        new Fact("Took", HumanUnits.duration(Duration.between(run.started(), run.finished()))));
    facts.add(new Fact("Data", run.dataRoot() + " (" + run.layout() + ")"));
    facts.add(
        new Fact(
            "Images",
            Format.count(run.images())
                + " in "
                + Format.counted(categories.size(), "category", "categories")));
    return facts;
  }

  private static List<ReportPage.Tile> tiles(
      List<EvaluatedCategory> categories, PaperColumn paper) {
    List<ReportPage.Tile> tiles = new ArrayList<>();
    Metric.AREAS.forEach(metric -> tiles.add(tile(metric, categories, paper)));
    OptionalDouble error = mean(categories, Metric.NORMAL_MSE).value();
    tiles.add(
        new ReportPage.Tile(
            "Normal error",
            error.isPresent() ? Format.score(error.getAsDouble() * 1e4) : "n/a",
            error.isPresent() ? "\u00b7 10\u207b\u2074" : "",
            "mean squared",
            "",
            ""));
    return tiles;
  }

  private static ReportPage.Tile tile(
      Metric metric, List<EvaluatedCategory> categories, PaperColumn column) {
    String label = MetricView.title(metric);
    Area mean = mean(categories, metric);
    if (mean.value().isEmpty()) {
      return new ReportPage.Tile(label, "n/a", "", "not defined in any category", "", "");
    }
    long defined = categories.stream().filter(c -> c.value(metric).value().isPresent()).count();
    List<PaperResults.PrintedNumber> printed =
        categories.stream()
            .flatMap(c -> column.of(c.name(), metric).stream())
            .filter(e -> !e.doubtful())
            .toList();
    String detail =
        defined == categories.size()
            ? "mean of " + Format.counted(categories.size(), "category", "categories")
            : "mean of %d of %d categories".formatted(defined, categories.size());
    double number = mean.value().getAsDouble();
    String value = Format.percent(number);
    String unit = mean.isWide() ? "± " + Format.bound(mean.halfWidth() * 100) + " %" : "%";
    if (printed.size() < categories.size() || defined < categories.size()) {
      return new ReportPage.Tile(label, value, unit, detail, "", "");
    }
    double paper =
        printed.stream().mapToDouble(PaperResults.PrintedNumber::value).average().orElse(0);
    return new ReportPage.Tile(
        label, value, unit, detail, Format.fixed(paper, 1), Format.signed(number * 100 - paper, 1));
  }

  private static Area mean(List<EvaluatedCategory> categories, Metric metric) {
    return Area.mean(categories.stream().map(c -> c.value(metric)).toList(), metric.key());
  }

  /** Names the settings that differ from the paper's: with them the numbers do not compare. */
  private static String differences(Run run) {
    List<String> parts =
        run.configuration().stream()
            .filter(s -> PAPER_SETTINGS.containsKey(s.key()))
            .filter(s -> !same(PAPER_SETTINGS.get(s.key()), s.value()))
            .map(s -> "%s %s (paper %s)".formatted(s.key(), s.value(), PAPER_SETTINGS.get(s.key())))
            .toList();
    return Format.list(parts);
  }

  private static boolean same(String paper, String value) {
    try {
      return Double.parseDouble(paper) == Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return paper.equals(value.toLowerCase(Locale.ROOT));
    }
  }

  static List<ReportPage.TimingView> timings(Run run) {
    long longest = run.timings().stream().mapToLong(t -> t.duration().toMillis()).max().orElse(1);
    return run.timings().stream()
        .map(
            t ->
                new ReportPage.TimingView(
                    t.stage(),
                    HumanUnits.duration(t.duration()),
                    t.work(),
                    (double) t.duration().toMillis() / Math.max(1, longest)))
        .toList();
  }

  private static ReportPage.QuarantineView quarantine(Quarantine quarantine) {
    List<ReportPage.BadFileView> files =
        quarantine.files().stream()
            .limit(MAX_BAD_FILES)
            .map(
                f ->
                    new ReportPage.BadFileView(
                        f.path(), Format.bytes(f.bytes()), f.bytes(), f.reason(), f.detail()))
            .toList();
    String summary =
        quarantine.total() == 0
            ? "Every file could be read."
            : Format.counted(quarantine.total(), "file", "files") + " could not be read.";
    String more =
        files.size() < quarantine.total()
            ? "The first %s of %s; the table quarantine/ has them all."
                .formatted(Format.count(files.size()), Format.count(quarantine.total()))
            : "";
    return new ReportPage.QuarantineView(summary, files, more);
  }
}
