package org.fairspark.report;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number, or the reason why there is none.
 *
 * @param value the number; empty if it is not defined
 * @param bound half width of the interval that certainly holds the exact value; 0 if exact
 * @param reason why it is not defined, as the end of "not defined, because ..."; empty if it is
 */
public record Measure(OptionalDouble value, double bound, Optional<String> reason) {

  public Measure {
    if (value.isPresent() == reason.isPresent()) {
      throw new IllegalArgumentException(
          "a measure has a value or a reason, not both or neither: %s, %s"
              .formatted(value, reason));
    }
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException(
          "a measure is finite or not defined, got " + value.getAsDouble());
    }
    if (!(bound >= 0)) {
      throw new IllegalArgumentException("a bound must not be negative, got " + bound);
    }
  }

  /** An exact number. */
  public static Measure of(double value) {
    return of(value, 0);
  }

  /** A number known to within plus or minus {@code bound}. */
  public static Measure of(double value, double bound) {
    return new Measure(OptionalDouble.of(value), bound, Optional.empty());
  }

  /** No number, and why: for example "the category has no anomalous test images". */
  public static Measure undefined(String reason) {
    return new Measure(OptionalDouble.empty(), 0, Optional.of(reason));
  }

  public boolean isDefined() {
    return value.isPresent();
  }
}
