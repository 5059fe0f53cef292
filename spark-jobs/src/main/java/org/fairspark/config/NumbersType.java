package org.fairspark.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;

/** A list of numbers, written as a HOCON list or with commas. */
record NumbersType() implements SettingType<List<Double>> {
  @Override
  public String allowed() {
    return "a list of numbers";
  }

  @Override
  public List<Double> read(ConfigValue value) throws NotAllowedException {
    List<String> written = new ArrayList<>();
    if (value instanceof ConfigList list) {
      for (ConfigValue item : list) {
        written.add(Hocon.scalar(item, this));
      }
    } else {
      written.addAll(List.of(Hocon.scalar(value, this).split(",", -1)));
    }
    List<Double> numbers = new ArrayList<>();
    for (String number : written) {
      try {
        numbers.add(Double.parseDouble(number.strip()));
      } catch (NumberFormatException e) {
        throw notAllowed("");
      }
    }
    return List.copyOf(numbers);
  }

  @Override
  public ConfigValue parse(String text, String origin) throws NotAllowedException {
    return text.strip().startsWith("[")
        ? Hocon.parse(text, origin, this)
        : SettingType.super.parse(text, origin);
  }
}
