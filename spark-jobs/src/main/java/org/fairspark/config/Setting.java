package org.fairspark.config;

import com.typesafe.config.ConfigValue;
import java.util.Optional;
import java.util.function.Function;
import org.fairspark.config.SettingType.NotAllowedException;

/**
 * One setting, which a component of {@link FairConfig} or of one of its parts declares.
 *
 * @param key the dotted path, such as {@code filter.cutoff}
 * @param type reads and writes its values
 * @param getter returns its value in a configuration
 * @param condition under which it has an effect; empty for a setting that always has one
 * @param <T> the Java type of its values
 */
record Setting<T>(
    String key,
    SettingType<T> type,
    Function<FairConfig, T> getter,
    Optional<Condition> condition) {

  /** Returns whether the key is this setting's own or that of a section it is in. */
  boolean isIn(String keyOrSection) {
    return key.equals(keyOrSection) || key.startsWith(keyOrSection + ".");
  }

  T value(FairConfig config) {
    return getter.apply(config);
  }

  /** Returns the value in a configuration as plain data that JSON and HOCON can hold. */
  Object plain(FairConfig config) {
    return type.plain(value(config));
  }

  /** Returns the value in a configuration as it would be written after {@code --set KEY=}. */
  String written(FairConfig config) {
    return Hocon.written(plain(config));
  }

  T read(ConfigValue value) throws NotAllowedException {
    return type.read(value);
  }

  ConfigValue parse(String text, String origin) throws NotAllowedException {
    return type.parse(text, origin);
  }

  boolean hasEffect(FairConfig config) {
    return condition.stream().allMatch(c -> c.holds(config));
  }
}
