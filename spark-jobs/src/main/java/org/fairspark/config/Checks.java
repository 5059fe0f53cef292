package org.fairspark.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A collection of what is wrong with one part of the configuration, so that all of it is shown at
 * once.
 */
final class Checks {
  private final List<ConfigProblem> problems = new ArrayList<>();

  Checks require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      problems.add(ConfigProblem.of(key, value, rule));
    }
    return this;
  }

  Checks between(String key, long value, long least, long most) {
    return require(
        value >= least && value <= most,
        key,
        value,
        "must be a whole number from " + least + " to " + most);
  }

  Checks atLeast(String key, long value, long least) {
    return require(value >= least, key, value, "must be a whole number of at least " + least);
  }

  Checks positive(String key, double value) {
    return require(
        value > 0 && Double.isFinite(value), key, number(value), "must be a number above 0");
  }

  Checks notNegative(String key, double value) {
    return require(
        value >= 0 && Double.isFinite(value), key, number(value), "must be a number of at least 0");
  }

  Checks share(String key, double value) {
    return require(value >= 0 && value <= 1, key, number(value), "must be a number from 0 to 1");
  }

  /** Throws a {@link ConfigException} if anything was wrong. */
  void done() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
