package org.fairspark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a setting is, for help texts; taken from {@code fair-defaults.conf} and the setting's type,
 * so that help cannot differ from what the program does.
 *
 * @param key the dotted path
 * @param defaultValue as it would be written after {@code --set KEY=}
 * @param allowed the type or the choices
 * @param description what it does
 */
public record SettingDoc(String key, String defaultValue, String allowed, String description) {

  /** All settings, in documented order. */
  public static List<SettingDoc> all() {
    Config defaults = ConfigLoader.defaultsFile().resolve();
    List<SettingDoc> docs = new ArrayList<>();
    for (Setting setting : Settings.ALL) {
      var value = defaults.getValue(setting.key());
      String written =
          value.valueType() == ConfigValueType.STRING
              ? (String) value.unwrapped()
              : value.render(ConfigRenderOptions.concise());
      String description =
          value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
      docs.add(
          new SettingDoc(
              setting.key(),
              written.isEmpty() ? "\"\"" : written,
              setting.allowed().replaceFirst("^must be ", ""),
              description));
    }
    return docs;
  }
}
