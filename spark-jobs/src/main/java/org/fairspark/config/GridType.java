package org.fairspark.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys of other settings, each with a list of values as they are written after {@code --set}. */
record GridType() implements SettingType<Map<String, List<String>>> {
  @Override
  public String allowed() {
    return "keys with lists of values, such as { filter.cutoff = [10, 30] }";
  }

  @Override
  public Map<String, List<String>> read(ConfigValue value) throws NotAllowedException {
    if (!(value instanceof ConfigObject object)) {
      throw notAllowed("");
    }
    Map<String, List<String>> grid = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> leaf : Hocon.leaves(object).entrySet()) {
      if (!(leaf.getValue() instanceof ConfigList list)) {
        throw notAllowed("; " + leaf.getKey() + " has no list");
      }
      grid.put(leaf.getKey(), list.stream().map(Hocon::written).toList());
    }
    return grid;
  }

  @Override
  public ConfigValue parse(String text, String origin) throws NotAllowedException {
    return Hocon.parse(text, origin, this);
  }
}
