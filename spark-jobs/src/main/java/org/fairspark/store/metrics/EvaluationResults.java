package org.fairspark.store.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Confusion;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;

/**
 * The contents of {@code metrics/metrics.json}.
 *
 * @param categories results by category
 * @param leftOut categories that were not evaluated, with the reason
 * @param conventions how the numbers are meant: name to text or number
 * @param inference how fast the test images were restored, where it was measured
 * @param fingerprint of all that the results were made from
 */
public record EvaluationResults(
    SortedMap<String, CategoryResult> categories,
    SortedMap<String, String> leftOut,
    Map<String, Object> conventions,
    Optional<InferenceRate> inference,
    String fingerprint) {
  public EvaluationResults {
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    conventions = Collections.unmodifiableMap(new LinkedHashMap<>(conventions));
  }

  /** Returns the plain means over categories. */
  public MetricValues mean() {
    return MetricValues.mean(categories.values().stream().map(CategoryResult::values).toList());
  }

  /**
   * Returns one human-readable line per category, and the mean where there are several. A figure
   * whose bound is wide, as of maps with many equal values, has it behind it.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    categories.forEach(
        (name, result) -> {
          lines.add(line(name, result.values()));
          result.decisions().atThreshold().ifPresent(decided -> lines.add(line(decided)));
        });
    if (categories.size() > 1) {
      lines.add(line("mean", mean()));
    }
    leftOut.forEach((name, why) -> lines.add("%-20s left out: %s".formatted(name, why)));
    return lines;
  }

  private static String line(String name, MetricValues values) {
    return Metric.PAPER.stream()
        .map(metric -> metric.label() + " " + text(metric, values.get(metric)))
        .collect(Collectors.joining("  ", "%-20s ".formatted(name), ""));
  }

  private static String line(AtThreshold decided) {
    Confusion images = decided.images();
    return "%-20s at the calibrated thresholds: precision %s  recall %s  false alarms %s  pixel F1 %s"
        .formatted(
            "",
            text(images.precision()),
            text(images.recall()),
            text(images.falsePositiveRate()),
            text(decided.pixels().f1()));
  }

  private static String text(Metric metric, Area area) {
    return metric == Metric.NORMAL_MSE && area.value().isPresent()
        ? String.format(Locale.ROOT, "%.2fe-4", area.value().getAsDouble() * 1e4)
        : text(area);
  }

  private static String text(Area area) {
    return area instanceof Area.NotDefined reason
        ? "not defined (because " + reason.because() + ")"
        : String.format(Locale.ROOT, "%.3f", area.value().orElseThrow())
            + (area.isWide() ? String.format(Locale.ROOT, "±%.3f", area.halfWidth()) : "");
  }
}
