package org.fairspark.metrics;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * An area under a curve, or another metric of a category: either a value with a bound on its error,
 * or the reason why it is not defined. Never NaN.
 */
public sealed interface Area extends Serializable {
  /**
   * A defined metric.
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
   * A metric that is not defined.
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

  /** Returns a value with a bound on its error; see {@link Known}. */
  static Area of(double number, double halfWidth) {
    return new Known(number, halfWidth);
  }

  /** Returns an exact value. */
  static Area exact(double number) {
    return new Known(number, 0);
  }

  /** Returns a metric that is not defined; see {@link NotDefined}. */
  static Area notDefined(String because) {
    return new NotDefined(because);
  }

  /** A bound beyond which the third decimal says nothing. */
  double WIDE = 0.002;

  /** Returns whether the bound is so wide that the value must not be shown without it. */
  default boolean isWide() {
    return halfWidth() > WIDE;
  }

  /** Returns the value; empty if it is not defined. */
  OptionalDouble value();

  /**
   * Returns the largest distance of the exact value from {@link #value}; 0 if it is not defined.
   */
  double halfWidth();

  /**
   * Returns the unweighted mean of the defined values, as the paper averages its categories.
   *
   * @param ofWhat the metric's name, for the reason "no category has a defined ..."
   */
  static Area mean(Collection<Area> areas, String ofWhat) {
    List<Known> known =
        areas.stream().filter(Known.class::isInstance).map(Known.class::cast).toList();
    if (known.isEmpty()) {
      return notDefined("no category has a defined " + ofWhat);
    }
    double number = known.stream().mapToDouble(Known::number).sum();
    double halfWidth = known.stream().mapToDouble(Known::halfWidth).sum();
    return of(number / known.size(), halfWidth / known.size());
  }
}
