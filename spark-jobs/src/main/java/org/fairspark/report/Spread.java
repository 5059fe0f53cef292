package org.fairspark.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fairspark.metrics.Area;

/**
 * A metric over repetitions.
 *
 * @param mean empty if it is not defined
 * @param deviation sample standard deviation (over n - 1); empty for fewer than two values
 * @param values how many repetitions it is of
 * @param reason why it is not defined; empty if it is
 */
public record Spread(
    OptionalDouble mean, OptionalDouble deviation, int values, Optional<String> reason) {

  public Spread {
    if (mean.isPresent() == reason.isPresent()) {
      throw new IllegalArgumentException(
          "a spread has a mean or a reason, not both or neither: %s, %s".formatted(mean, reason));
    }
  }

  /**
   * Returns mean and deviation of the values.
   *
   * @throws IllegalArgumentException if there is none or one is not finite
   */
  public static Spread of(double... values) {
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("values must be finite: " + Arrays.toString(values));
    }
    double mean =
        Arrays.stream(values)
            .average()
            .orElseThrow(() -> new IllegalArgumentException("a spread needs at least one value"));
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Spread(
        OptionalDouble.of(mean),
        values.length < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (values.length - 1))),
        values.length,
        Optional.empty());
  }

  /** Returns the spread of what is defined, or why nothing is. */
  static Spread over(List<Area> areas) {
    double[] values = areas.stream().flatMapToDouble(area -> area.value().stream()).toArray();
    return values.length > 0
        ? of(values)
        : undefined(
            areas.stream()
                .filter(Area.NotDefined.class::isInstance)
                .map(area -> ((Area.NotDefined) area).because())
                .findFirst()
                .orElse("no run of it is finished"));
  }

  /** Returns no value and the reason, as the end of "not defined, because ...". */
  public static Spread undefined(String reason) {
    return new Spread(OptionalDouble.empty(), OptionalDouble.empty(), 0, Optional.of(reason));
  }
}
