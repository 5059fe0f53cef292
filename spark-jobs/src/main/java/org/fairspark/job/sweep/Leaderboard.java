package org.fairspark.job.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairspark.config.SweepCells.SweepCell;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.report.Spread;
import org.fairspark.report.SweepReportModel;

/** The cells for a person, best mean image AUROC first. */
final class Leaderboard {
  private record Line(double rank, String text) {}

  private Leaderboard() {}

  static List<String> lines(SweepPlan plan, TrialRecords records, Map<Trial, String> failed) {
    List<Line> lines = new ArrayList<>();
    for (SweepCell cell : plan.cells()) {
      List<Trial> trials = plan.trials(cell);
      List<JsonNode> means =
          trials.stream().flatMap(t -> records.find(t).stream()).map(r -> r.get("mean")).toList();
      SweepReportModel.Metrics m = Figures.over(means);
      boolean broken = trials.stream().anyMatch(failed::containsKey);
      lines.add(
          new Line(
              m.imageAuroc().mean().orElse(-1),
              String.format(
                  Locale.ROOT,
                  "%-28s image AUROC %s  pixel AUROC %s  AUPRO %s  normal MSE %se-4%s",
                  cell.name(),
                  text(m.imageAuroc(), "%.3f"),
                  text(m.pixelAuroc(), "%.3f"),
                  text(m.aupro(), "%.3f"),
                  text(m.normalMse(), "%.2f"),
                  broken ? "  FAILED" : "")));
    }
    lines.sort((a, b) -> Double.compare(b.rank, a.rank));
    return lines.stream().map(Line::text).toList();
  }

  private static String text(Spread spread, String format) {
    if (spread.mean().isEmpty()) {
      return "-";
    }
    String mean = String.format(Locale.ROOT, format, spread.mean().getAsDouble());
    return spread.deviation().isPresent()
        ? mean + " ± " + String.format(Locale.ROOT, format, spread.deviation().getAsDouble())
        : mean;
  }
}
