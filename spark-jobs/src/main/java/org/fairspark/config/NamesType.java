package org.fairspark.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list of names, written as a HOCON list or with commas.
 *
 * @param empty the word for the empty list
 */
record NamesType(String empty) implements SettingType<List<String>> {
  /** The word for an empty list that takes everything. */
  static final String ALL = "all";

  @Override
  public String allowed() {
    return "a list of names, or " + empty;
  }

  @Override
  public List<String> read(ConfigValue value) throws NotAllowedException {
    if (value instanceof ConfigList list) {
      List<String> names = new ArrayList<>();
      for (ConfigValue item : list) {
        names.add(Hocon.scalar(item, this));
      }
      return names;
    }
    String text = Hocon.scalar(value, this).strip();
    return text.equals(empty)
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  @Override
  public Object plain(List<String> names) {
    return names.isEmpty() ? empty : names;
  }

  @Override
  public ConfigValue parse(String text, String origin) throws NotAllowedException {
    return text.strip().startsWith("[")
        ? Hocon.parse(text, origin, this)
        : SettingType.super.parse(text, origin);
  }
}
