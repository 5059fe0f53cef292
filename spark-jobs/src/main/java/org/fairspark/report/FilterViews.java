package org.fairspark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fairspark.report.ChartSpec.Axis;
import org.fairspark.report.ChartSpec.Mark;
import org.fairspark.report.ChartSpec.PlotLine;
import org.fairspark.report.ReportModel.FilterStudy;
import org.fairspark.report.ReportModel.Series;

/** The comparison of filters as charts, each with a text that says the same, and pictures. */
final class FilterViews {
  /** Pixels from the spot beyond which a response counts as ringing. */
  private static final int FAR = 4;

  private static final List<String> TONES =
      List.of("anomalous", "normal", "main", "second", "third");

  private FilterViews() {}

  static ReportPage.FilterView of(FilterStudy study) {
    List<Charts.PageChart> charts = new ArrayList<>();
    if (!study.gains().isEmpty()) {
      charts.add(gains(study));
      charts.add(responses(study));
    }
    return new ReportPage.FilterView(
        charts,
        study.imageId(),
        study.pictures().stream()
            .map(
                p -> new ReportPage.PictureView("high-pass", p.name(), Thumbnails.uri(p.picture())))
            .toList());
  }

  private static Charts.PageChart gains(FilterStudy study) {
    List<String> words =
        study.gains().stream()
            .map(
                s ->
                    "%s %s %%"
                        .formatted(
                            s.name(),
                            Format.percent(s.curve().y(nearest(s.curve(), study.cutoff())))))
            .toList();
    String cutoff = Format.fixed(study.cutoff(), study.cutoff() % 1 == 0 ? 0 : 1);
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "Transfer functions",
            Axis.linear("cycles per image"),
            Axis.percent("amplitude that passes", 0, 1),
            lines(study.gains()),
            List.of(new Mark("vertical", study.cutoff(), "cutoff " + cutoff)));
    return new Charts.PageChart(
        "filter-gains",
        "Transfer functions",
        "At the cutoff, or the highest frequency below it, pass: " + Format.list(words) + ".",
        spec);
  }

  private static Charts.PageChart responses(FilterStudy study) {
    List<String> words =
        study.responses().stream()
            .map(s -> "%s %s %%".formatted(s.name(), Format.precisePercent(ringing(s.curve()))))
            .toList();
    ChartSpec spec =
        new ChartSpec(
            "lines",
            "Impulse responses",
            Axis.linear("pixels beside a single bright one"),
            Axis.linear("response"),
            lines(study.responses()),
            List.of());
    return new Charts.PageChart(
        "filter-responses",
        "Impulse responses",
        "More than %d pixels from the bright one, a response still reaches this share of its peak: %s."
            .formatted(FAR, Format.list(words)),
        spec);
  }

  private static double ringing(Curve response) {
    double peak = 0;
    double far = 0;
    for (int i = 0; i < response.size(); i++) {
      double size = Math.abs(response.y(i));
      peak = Math.max(peak, size);
      far = Math.abs(response.x(i)) > FAR ? Math.max(far, size) : far;
    }
    return peak > 0 ? far / peak : 0;
  }

  private static int nearest(Curve curve, double x) {
    return IntStream.range(0, curve.size()).filter(i -> curve.x(i) <= x).max().orElse(0);
  }

  private static List<PlotLine> lines(List<Series> series) {
    List<PlotLine> lines = new ArrayList<>();
    for (Series s : series) {
      lines.add(PlotLine.of(s.name(), TONES.get(lines.size() % TONES.size()), s.curve()));
    }
    return lines;
  }
}
