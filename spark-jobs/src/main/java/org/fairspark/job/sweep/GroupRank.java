package org.fairspark.job.sweep;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairspark.config.TrialGroup;
import org.fairspark.metrics.Metric;
import org.fairspark.report.MetricSpreads;
import org.fairspark.report.Spread;

/**
 * The place of a group of trials among the others.
 *
 * @param group the settings that its trials share
 * @param metrics over its finished trials
 * @param failed whether one of its trials failed
 */
record GroupRank(TrialGroup group, MetricSpreads metrics, boolean failed) {

  /**
   * Returns all groups of a sweep, best mean image AUROC first, without any finished trial last.
   */
  static List<GroupRank> ranking(SweepPlan plan, TrialRecords records, Map<Trial, String> failed) {
    return plan.groups().stream()
        .map(
            group -> {
              List<Trial> trials = plan.trials(group);
              MetricSpreads metrics =
                  MetricSpreads.over(
                      trials.stream()
                          .flatMap(trial -> records.find(trial).stream())
                          .map(TrialRecord::mean)
                          .toList());
              return new GroupRank(group, metrics, trials.stream().anyMatch(failed::containsKey));
            })
        .sorted(
            Comparator.comparingDouble(
                    (GroupRank rank) -> rank.metrics.get(Metric.IMAGE_AUROC).mean().orElse(-1))
                .reversed())
        .toList();
  }

  /** Returns a human-readable line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-28s image AUROC %s  pixel AUROC %s  AUPRO %s  normal MSE %s%s",
        group.name(),
        text(metrics.get(Metric.IMAGE_AUROC), 1, "%.3f"),
        text(metrics.get(Metric.PIXEL_AUROC), 1, "%.3f"),
        text(metrics.get(Metric.AUPRO), 1, "%.3f"),
        normalError(),
        failed ? "  FAILED" : "");
  }

  private String normalError() {
    String error = text(metrics.get(Metric.NORMAL_MSE), 1e4, "%.2f");
    return error.equals("-") ? error : error + "e-4";
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

  /** Returns the means as plain values, null where one is not defined. */
  Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("cell", group.name());
    metrics
        .spreads()
        .forEach(
            (metric, spread) ->
                details.put(
                    metric.key(), spread.mean().isPresent() ? spread.mean().getAsDouble() : null));
    details.put("failed", failed);
    return details;
  }
}
