package org.fairspark.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named cells of a sweep, each with settings as they are written after {@code --set}. */
record CellsType() implements SettingType<List<SweepConfig.NamedSettings>> {
  private static final String NAME = "name";

  @Override
  public String allowed() {
    return "a list of cells, such as [ { name = \"A\", filter.kind = ideal } ]";
  }

  @Override
  public List<SweepConfig.NamedSettings> read(ConfigValue value) throws NotAllowedException {
    if (!(value instanceof ConfigList list)) {
      throw notAllowed("");
    }
    List<SweepConfig.NamedSettings> cells = new ArrayList<>();
    for (ConfigValue item : list) {
      if (!(item instanceof ConfigObject object)) {
        throw notAllowed("");
      }
      Map<String, String> settings = new LinkedHashMap<>();
      Hocon.leaves(object).forEach((key, leaf) -> settings.put(key, Hocon.written(leaf)));
      String name = settings.remove(NAME);
      if (name == null || name.isBlank()) {
        throw notAllowed("; a cell without a name: " + settings);
      }
      cells.add(new SweepConfig.NamedSettings(name, settings));
    }
    return cells;
  }

  @Override
  public Object plain(List<SweepConfig.NamedSettings> cells) {
    List<Map<String, String>> plain = new ArrayList<>();
    for (SweepConfig.NamedSettings cell : cells) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put(NAME, cell.name());
      settings.putAll(cell.settings());
      plain.add(settings);
    }
    return plain;
  }

  @Override
  public ConfigValue parse(String text, String origin) throws NotAllowedException {
    return Hocon.parse(text, origin, this);
  }
}
