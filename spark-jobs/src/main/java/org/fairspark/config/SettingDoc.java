package org.fairspark.config;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A setting's description for help texts, taken from {@code fair-defaults.conf} and the setting's
 * type, so that help cannot differ from what the program does.
 *
 * @param key the dotted path
 * @param defaultValue as it would be written after {@code --set KEY=}
 * @param allowed the type or the choices
 * @param description what it does
 */
public record SettingDoc(String key, String defaultValue, String allowed, String description) {

  /** Returns all settings, in documented order. */
  public static List<SettingDoc> all() {
    Config defaults = ConfigLoader.defaultsFile().resolve();
    List<SettingDoc> docs = new ArrayList<>();
    for (Setting<?> setting : Settings.ALL) {
      var value = defaults.getValue(setting.key());
      String written = Hocon.written(value);
      String description =
          value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
      docs.add(
          new SettingDoc(
              setting.key(),
              written.isEmpty() ? "\"\"" : written,
              setting.type().allowed(),
              description));
    }
    return docs;
  }
}
