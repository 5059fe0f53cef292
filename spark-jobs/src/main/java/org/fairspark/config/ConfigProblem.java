package org.fairspark.config;

import java.util.Optional;

/**
 * One thing wrong with the configuration.
 *
 * @param key the setting, for example {@code filter.kind}; empty where a whole file is at fault
 * @param value the value as given
 * @param rule the rule that is broken, with a suggestion where there is one
 * @param origin where the value came from: {@code FILE:LINE}, or the {@code --set} option
 */
public record ConfigProblem(
    String key, Optional<String> value, String rule, Optional<String> origin) {

  static ConfigProblem of(String key, Object value, String rule) {
    return new ConfigProblem(key, Optional.of(String.valueOf(value)), rule, Optional.empty());
  }

  static ConfigProblem at(String key, String rule, String origin) {
    return new ConfigProblem(key, Optional.empty(), rule, Optional.of(origin));
  }

  ConfigProblem from(String source) {
    return new ConfigProblem(key, value, rule, Optional.of(source));
  }

  /** Returns the problem in one line: key, value, rule, origin. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(key);
    value.ifPresent(v -> line.append(line.isEmpty() ? "" : " = ").append(v.isEmpty() ? "\"\"" : v));
    line.append(line.isEmpty() ? "" : ": ").append(rule);
    origin.ifPresent(o -> line.append(" [").append(o).append(']'));
    return line.toString();
  }
}
