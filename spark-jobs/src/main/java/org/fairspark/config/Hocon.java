package org.fairspark.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fairspark.config.SettingType.NotAllowedException;

/** Values of HOCON as text, and text as values. */
final class Hocon {
  private Hocon() {}

  /**
   * Returns a scalar's text as it was written: {@code 1e-4} stays {@code 1e-4}.
   *
   * @param type the type that refuses lists, objects and null
   */
  static String scalar(ConfigValue value, SettingType<?> type) throws NotAllowedException {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> written(value);
      case NULL, LIST, OBJECT -> throw type.notAllowed("");
    };
  }

  /** Returns a value as it would be written after {@code --set KEY=}. */
  static String written(ConfigValue value) {
    return switch (value.valueType()) {
      // As it stands in the file: 01 is no number where text is meant, nor is 1e3 1000.0.
      case STRING, NUMBER, BOOLEAN -> value.atKey("v").getString("v");
      case NULL, LIST, OBJECT -> value.render(ConfigRenderOptions.concise());
    };
  }

  /** Returns plain Java data as it would be written after {@code --set KEY=}. */
  static String written(Object plain) {
    return plain instanceof String text
        ? text
        : ConfigFactory.parseMap(Map.of("v", plain))
            .getValue("v")
            .render(ConfigRenderOptions.concise());
  }

  /** Parses the text of a list or an object that follows {@code --set KEY=}. */
  static ConfigValue parse(String text, String origin, SettingType<?> type)
      throws NotAllowedException {
    try {
      return ConfigFactory.parseString("value = " + text)
          .resolve()
          .getValue("value")
          .withOrigin(ConfigOriginFactory.newSimple(origin));
    } catch (ConfigException.Parse e) {
      throw type.notAllowed("; " + e.getMessage().replaceFirst("^String: \\d+: ", ""));
    } catch (ConfigException e) {
      throw type.notAllowed("; " + e.getMessage());
    }
  }

  /** Returns everything in an object that is not itself an object by dotted path, in file order. */
  static Map<String, ConfigValue> leaves(ConfigObject object) {
    Map<String, ConfigValue> leaves = new LinkedHashMap<>();
    collect("", object, leaves);
    return leaves;
  }

  private static void collect(String prefix, ConfigObject object, Map<String, ConfigValue> leaves) {
    // HOCON objects forget the order of their keys; the line numbers still tell it.
    object.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, ConfigValue> e) -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              String path = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
              if (entry.getValue() instanceof ConfigObject inner) {
                collect(path, inner, leaves);
              } else {
                leaves.put(path, entry.getValue());
              }
            });
  }
}
