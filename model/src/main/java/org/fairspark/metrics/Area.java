package org.fairspark.metrics;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * An area under a curve, or another figure of a category: either a value with a bound on its error,
 * or the reason why there is none. Never NaN.
 */
public sealed interface Area extends Serializable {
  /**
   * A value.
   *
   * @param number the best estimate; areas are fractions of one
   * @param halfWidth the exact value lies within this of the number, provably; 0 where exact
   */
  record Known(double number, double halfWidth) implements Area {
    public Known {
      if (!Double.isFinite(number) || !(halfWidth >= 0)) {
        throw new IllegalArgumentException(
            "an area must be finite, got %s with bound %s".formatted(number, halfWidth));
      }
    }

    @Override
    public OptionalDouble value() {
      return OptionalDouble.of(number);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.4f", number);
    }
  }

  /**
   * No value.
   *
   * @param because the reason, as in "not defined, because there are no normal images"
   */
  record NotDefined(String because) implements Area {
    @Override
    public OptionalDouble value() {
      return OptionalDouble.empty();
    }

    @Override
    public double halfWidth() {
      return 0;
    }

    @Override
    public String toString() {
      return "not defined, because " + because;
    }
  }

  static Area of(double number, double halfWidth) {
    return new Known(number, halfWidth);
  }

  static Area exact(double number) {
    return new Known(number, 0);
  }

  static Area notDefined(String because) {
    return new NotDefined(because);
  }

  /** The value, where there is one. */
  OptionalDouble value();

  /** How far the exact value can be from {@link #value}; 0 where there is none. */
  double halfWidth();

  /**
   * The plain mean of what is defined, as the paper averages its categories.
   *
   * @param ofWhat for the reason where nothing is: "no category has a defined .."
   */
  static Area mean(Collection<Area> areas, String ofWhat) {
    List<Known> known =
        areas.stream().filter(Known.class::isInstance).map(Known.class::cast).toList();
    if (known.isEmpty()) {
      return notDefined("no category has a defined " + ofWhat);
    }
    Function<java.util.function.ToDoubleFunction<Known>, Double> mean =
        part -> known.stream().mapToDouble(part).sum() / known.size();
    return of(mean.apply(Known::number), mean.apply(Known::halfWidth));
  }
}
