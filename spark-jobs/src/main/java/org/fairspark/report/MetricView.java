package org.fairspark.report;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric as the page shows it.
 *
 * @param label its name
 * @param value in percent with one decimal, or empty
 * @param precise in percent with two decimals, or empty
 * @param bound its half width in points, or empty if it is exact
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
    String sort,
    double fraction,
    String reason,
    String paper,
    String delta,
    String paperNote) {

  static MetricView of(String label, Measure measure, Optional<PaperResults.Entry> paper) {
    String printed = paper.map(e -> Format.fixed(e.value(), 1)).orElse("");
    String note =
        paper
            .map(e -> "Table " + e.table() + (e.note().isEmpty() ? "" : ": " + e.note()))
            .orElse("");
    if (!measure.isDefined()) {
      return new MetricView(
          label, "", "", "", "", 0, measure.reason().orElse(""), printed, "", note);
    }
    double value = measure.value().getAsDouble();
    String precise = Format.precisePercent(value) + " %";
    String bound = measure.bound() > 0 ? Format.bound(measure.bound() * 100) : "";
    OptionalDouble points = points(measure, paper);
    String delta = points.isPresent() ? Format.signed(points.getAsDouble(), 1) : "";
    return new MetricView(
        label,
        Format.percent(value),
        precise,
        bound,
        Double.toString(value),
        Math.max(0, Math.min(1, value)),
        "",
        printed,
        delta,
        note);
  }

  /** A number that is not a fraction, such as an error. */
  static MetricView plain(String label, Measure measure) {
    if (!measure.isDefined()) {
      return new MetricView(label, "", "", "", "", 0, measure.reason().orElse(""), "", "", "");
    }
    double value = measure.value().getAsDouble();
    String text = Format.score(value);
    return new MetricView(label, text, text, "", Double.toString(value), 0, "", "", "", "");
  }

  /** The difference to the paper in points, where both are known and the paper's is sound. */
  static OptionalDouble points(Measure measure, Optional<PaperResults.Entry> paper) {
    if (!measure.isDefined() || paper.isEmpty() || paper.get().doubtful()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(measure.value().getAsDouble() * 100 - paper.get().value());
  }
}
