package org.fairspark.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;

/**
 * A type of setting: the values it allows, their reader and their writer.
 *
 * @param <T> the Java type of its values, that of the record component which declares the setting
 */
interface SettingType<T> {

  /** A value that a type does not allow; the message is the rule that it breaks. */
  final class NotAllowedException extends Exception {
    NotAllowedException(String rule) {
      super(rule);
    }
  }

  /** Returns the allowed values as text that completes "must be ...", for errors and help. */
  String allowed();

  /** Reads a value of a configuration file. */
  T read(ConfigValue value) throws NotAllowedException;

  /** Returns plain data that JSON and HOCON can hold and that {@link #read} reads back. */
  default Object plain(T value) {
    return value;
  }

  /** Makes a configuration value of the text that follows {@code --set KEY=}. */
  default ConfigValue parse(String text, String origin) throws NotAllowedException {
    return ConfigValueFactory.fromAnyRef(text.strip(), origin);
  }

  /** Makes the error for a value that is not allowed; {@code more} is appended to its rule. */
  default NotAllowedException notAllowed(String more) {
    return new NotAllowedException("must be " + allowed() + more);
  }
}
