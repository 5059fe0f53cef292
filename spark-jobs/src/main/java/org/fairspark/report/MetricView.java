package org.fairspark.report;

import java.util.Optional;
import java.util.OptionalDouble;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.Metric;

/**
 * A metric as the page shows it.
 *
 * @param label its name
 * @param value in percent with one decimal, or empty
 * @param precise in percent with two decimals, or empty
 * @param bound its half width in points, or empty if it is exact
 * @param wide whether the value must not be shown without the bound
 * @param sort what to sort by; empty if not defined
 * @param fraction for a bar's length, 0..1
 * @param reason why there is no value, or empty
 * @param paper the paper's number, or empty
 * @param delta this run's less the paper's in points, or empty
 * @param paperNote which table, and what is wrong with the number, or empty
 */
public record MetricView(
    String label,
    String value,
    String precise,
    String bound,
    boolean wide,
    String sort,
    double fraction,
    String reason,
    String paper,
    String delta,
    String paperNote) {
  private static final String ERROR = "Normal error";

  /** Returns an area under a curve beside the paper's number, in percent. */
  static MetricView area(Metric metric, Area area, Optional<PaperResults.PrintedNumber> paper) {
    return area(title(metric), area, paper);
  }

  /** Returns a fraction of one in percent. */
  static MetricView share(String label, Area share) {
    return area(label, share, Optional.empty());
  }

  private static MetricView area(
      String label, Area area, Optional<PaperResults.PrintedNumber> paper) {
    String printed = paper.map(e -> Format.fixed(e.value(), 1)).orElse("");
    String note =
        paper
            .map(e -> "Table " + e.table() + (e.note().isEmpty() ? "" : ": " + e.note()))
            .orElse("");
    if (area instanceof Area.NotDefined none) {
      return new MetricView(label, "", "", "", false, "", 0, none.because(), printed, "", note);
    }
    double value = area.value().orElseThrow();
    OptionalDouble points = points(area, paper);
    return new MetricView(
        label,
        Format.percent(value),
        Format.precisePercent(value) + " %",
        area.halfWidth() > 0 ? Format.bound(area.halfWidth() * 100) : "",
        area.isWide(),
        Double.toString(value),
        Math.max(0, Math.min(1, value)),
        "",
        printed,
        points.isPresent() ? Format.signed(points.getAsDouble(), 1) : "",
        note);
  }

  /** Returns the restoration error of normal images in units of 1e-4. */
  static MetricView error(Area mse) {
    if (mse instanceof Area.NotDefined none) {
      return new MetricView(ERROR, "", "", "", false, "", 0, none.because(), "", "", "");
    }
    double value = mse.value().orElseThrow() * 1e4;
    String text = Format.score(value);
    return new MetricView(ERROR, text, text, "", false, Double.toString(value), 0, "", "", "", "");
  }

  /** Returns the label at the start of a line: "Image AUROC". */
  static String title(Metric metric) {
    String label = metric.label();
    return Character.toUpperCase(label.charAt(0)) + label.substring(1);
  }

  /** Returns the difference to the paper in points, if both are known and the paper's is sound. */
  static OptionalDouble points(Area area, Optional<PaperResults.PrintedNumber> paper) {
    if (area.value().isEmpty() || paper.isEmpty() || paper.get().doubtful()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(area.value().getAsDouble() * 100 - paper.get().value());
  }
}
