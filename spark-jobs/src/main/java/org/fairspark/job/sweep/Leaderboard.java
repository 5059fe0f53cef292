package org.fairspark.job.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairspark.config.TrialGroup;
import org.fairspark.metrics.Metric;
import org.fairspark.report.MetricSpreads;
import org.fairspark.report.Spread;

/** The human-readable list of trial groups, best mean image AUROC first. */
final class Leaderboard {
  private record RankedLine(double rank, String text) {}

  private Leaderboard() {}

  static List<String> lines(SweepPlan plan, TrialRecords records, Map<Trial, String> failed) {
    List<RankedLine> lines = new ArrayList<>();
    for (TrialGroup group : plan.groups()) {
      List<Trial> trials = plan.trials(group);
      MetricSpreads m =
          MetricSpreads.over(
              trials.stream()
                  .flatMap(t -> records.find(t).stream())
                  .map(TrialRecord::mean)
                  .toList());
      boolean broken = trials.stream().anyMatch(failed::containsKey);
      lines.add(
          new RankedLine(
              m.get(Metric.IMAGE_AUROC).mean().orElse(-1),
              String.format(
                  Locale.ROOT,
                  "%-28s image AUROC %s  pixel AUROC %s  AUPRO %s  normal MSE %se-4%s",
                  group.name(),
                  text(m.get(Metric.IMAGE_AUROC), 1, "%.3f"),
                  text(m.get(Metric.PIXEL_AUROC), 1, "%.3f"),
                  text(m.get(Metric.AUPRO), 1, "%.3f"),
                  text(m.get(Metric.NORMAL_MSE), 1e4, "%.2f"),
                  broken ? "  FAILED" : "")));
    }
    lines.sort((a, b) -> Double.compare(b.rank, a.rank));
    return lines.stream().map(RankedLine::text).toList();
  }

  private static String text(Spread spread, double unit, String format) {
    if (spread.mean().isEmpty()) {
      return "-";
    }
    String mean = String.format(Locale.ROOT, format, spread.mean().getAsDouble() * unit);
    return spread.deviation().isPresent()
        ? mean + " ± " + String.format(Locale.ROOT, format, spread.deviation().getAsDouble() * unit)
        : mean;
  }
}
