package org.fairspark.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fairspark.report.ChartSpec.Axis;
import org.fairspark.report.ChartSpec.Mark;
import org.fairspark.report.ChartSpec.PlotLine;
import org.fairspark.report.ScoreReportModel.Counted;
import org.fairspark.report.ScoreReportModel.ScoredCategory;
import org.fairspark.report.ScoreReportModel.Steps;
import org.fairspark.report.ScoreReportModel.TopImage;
import org.fairspark.text.HumanUnits;

/** A converter that turns a {@link ScoreReportModel} into a {@link ScorePage}. */
final class ScorePages {
  private ScorePages() {}

  /**
   * Returns the page.
   *
   * @param pictureBudget bytes that pictures may take
   */
  static ScorePage of(ScoreReportModel model, long pictureBudget) {
    List<byte[]> pictures =
        model.categories().stream()
            .flatMap(c -> c.top().stream())
            .map(TopImage::picture)
            .filter(p -> p.length > 0)
            .toList();
    Thumbnails thumbnails = Thumbnails.fitting(pictures, pictureBudget).orElse(Thumbnails.SMALLEST);
    List<ScorePage.ScoredCategoryView> views = new ArrayList<>();
    Map<String, ChartSpec> data = new LinkedHashMap<>();
    for (ScoredCategory category : model.categories()) {
      ScorePage.ScoredCategoryView view = view(category, views.size(), thumbnails);
      view.chart().ifPresent(chart -> data.put(chart.id(), chart.spec()));
      views.add(view);
    }
    Map<String, Long> reasons = new TreeMap<>();
    model
        .categories()
        .forEach(c -> c.unreadable().forEach(r -> reasons.merge(r.what(), r.count(), Long::sum)));
    return new ScorePage(
        "FAIR scores: " + model.name(),
        model.name(),
        lede(model),
        facts(model),
        model.notes(),
        views,
        rows(model.changes()),
        rows(reasons.entrySet().stream().map(e -> new Counted(e.getKey(), e.getValue())).toList()),
        model.versions(),
        PageData.json(data));
  }

  private static String lede(ScoreReportModel model) {
    long images = model.categories().stream().mapToLong(ScoredCategory::images).sum();
    long suspicious = model.categories().stream().mapToLong(ScoredCategory::suspicious).sum();
    long unreadable = model.categories().stream().mapToLong(ScoredCategory::unreadableImages).sum();
    return "%s of %s %s suspicious; %s could not be scored."
        .formatted(
            Format.count(suspicious),
            Format.counted(images, "image", "images"),
            suspicious == 1 ? "is" : "are",
            Format.count(unreadable));
  }

  private static List<ReportModel.Fact> facts(ScoreReportModel model) {
    List<ReportModel.Fact> facts = new ArrayList<>();
    facts.add(new ReportModel.Fact("Finished", Format.time(model.finished())));
    facts.add(
        new ReportModel.Fact(
            "Took", HumanUnits.duration(Duration.between(model.started(), model.finished()))));
    facts.add(new ReportModel.Fact("Images", model.dataRoot()));
    facts.add(
        new ReportModel.Fact(
            "Up to date",
            "%s of %s".formatted(Format.count(model.upToDate()), Format.count(model.listed()))));
    facts.add(new ReportModel.Fact("Gone since", Format.count(model.removed())));
    model
        .imagesPerSecond()
        .ifPresent(r -> facts.add(new ReportModel.Fact("Images a second", Format.score(r))));
    return facts;
  }

  private static List<ScorePage.RowView> rows(List<Counted> counted) {
    return counted.stream()
        .map(c -> new ScorePage.RowView(c.what(), Format.count(c.count())))
        .toList();
  }

  private static ScorePage.ScoredCategoryView view(
      ScoredCategory c, int number, Thumbnails thumbnails) {
    long judged = c.images() - c.unreadableImages();
    return new ScorePage.ScoredCategoryView(
        "category-" + number,
        c.name().isEmpty() ? "(no model)" : c.name(),
        c.images(),
        c.suspicious(),
        c.threshold().isPresent() && judged > 0
            ? Format.percent((double) c.suspicious() / judged)
            : "",
        c.fresh(),
        c.freshSuspicious(),
        c.unreadableImages(),
        c.threshold().isPresent() ? Format.score(c.threshold().getAsDouble()) : "",
        c.calibration(),
        c.drift(),
        c.different(),
        chart(c, number),
        c.top().stream().map(top -> top(top, thumbnails)).toList());
  }

  private static ScorePage.TopView top(TopImage top, Thumbnails thumbnails) {
    String shown =
        top.normalized().isPresent()
            ? Format.fixed(top.normalized().getAsDouble(), 3)
            : Format.score(top.score());
    return new ScorePage.TopView(
        top.name(),
        top.name().substring(top.name().lastIndexOf('/') + 1),
        top.link(),
        shown,
        top.suspicious(),
        top.picture().length == 0 ? "" : Thumbnails.uri(thumbnails.shrink(top.picture())));
  }

  private static Optional<Charts.PageChart> chart(ScoredCategory c, int number) {
    if (c.scores().isEmpty()) {
      return Optional.empty();
    }
    List<PlotLine> lines = new ArrayList<>();
    if (!c.calibrated().isEmpty()) {
      lines.add(bars("held-out normal images", "normal", c.calibrated()));
    }
    lines.add(bars("scored images", "anomalous", c.scores()));
    List<Mark> marks = new ArrayList<>();
    c.threshold()
        .ifPresent(t -> marks.add(new Mark("vertical", t, "threshold " + Format.score(t))));
    String words =
        c.threshold().isPresent()
            ? "%s of %s images lie above the threshold."
                .formatted(Format.count(c.suspicious()), Format.count(c.images()))
            : "There is no threshold.";
    ChartSpec spec =
        new ChartSpec(
            "histogram",
            "Scores",
            Axis.linear("image score"),
            new Axis("share of images", null, "linear", "percent"),
            lines,
            marks);
    return Optional.of(new Charts.PageChart("scores-" + number, "Scores", words, spec));
  }

  private static PlotLine bars(String name, String tone, Steps steps) {
    int count = steps.counts().size();
    List<Float> edges = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      edges.add((float) (steps.low() + (steps.high() - steps.low()) * i / count));
    }
    double total = Math.max(1, steps.counts().stream().mapToLong(Long::longValue).sum());
    List<Float> shares = steps.counts().stream().map(n -> (float) (n / total)).toList();
    return new PlotLine(name, tone, edges, shares, null, null, null);
  }
}
