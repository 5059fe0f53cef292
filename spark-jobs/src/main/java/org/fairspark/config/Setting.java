package org.fairspark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.Parse;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One known key: how its value is read, what is allowed by type, and how it is written back.
 *
 * @param key the dotted path
 * @param kind the type
 * @param choices the words of a {@code CHOICE}; the word for an absent value of an optional
 * @param getter the value in a configuration, as {@link #read} makes it
 */
record Setting(String key, Kind kind, List<String> choices, Function<FairConfig, Object> getter) {

  enum Kind {
    TEXT,
    OPTIONAL_TEXT,
    WHOLE,
    OPTIONAL_WHOLE,
    LONG,
    NUMBER,
    FLAG,
    CHOICE,
    NAMES,
    GRID,
    CELLS
  }

  /** A value that its type does not allow; the message is the rule. */
  static final class NotAllowedException extends Exception {
    NotAllowedException(String rule) {
      super(rule);
    }
  }

  static Setting of(String key, Kind kind, Function<FairConfig, Object> getter) {
    return new Setting(key, kind, List.of(), getter);
  }

  static Setting optional(String key, Kind kind, String absent, Function<FairConfig, Object> get) {
    return new Setting(key, kind, List.of(absent), get);
  }

  static <E extends Enum<E>> Setting choice(
      String key, Class<E> type, Function<FairConfig, Object> getter) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Setting::word).toList();
    return new Setting(key, Kind.CHOICE, words, getter);
  }

  /** {@code REFERENCE_BGR} is written {@code reference-bgr}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Turns the text after {@code --set KEY=} into a value; text keys take it verbatim. */
  ConfigValue parse(String text, String origin) throws NotAllowedException {
    boolean structured =
        switch (kind) {
          case GRID, CELLS -> true;
          case NAMES -> text.strip().startsWith("[");
          default -> false;
        };
    if (!structured) {
      return ConfigValueFactory.fromAnyRef(kind == Kind.TEXT ? text : text.strip(), origin);
    }
    try {
      Config parsed = ConfigFactory.parseString("value = " + text).resolve();
      return parsed.getValue("value").withOrigin(ConfigOriginFactory.newSimple(origin));
    } catch (com.typesafe.config.ConfigException e) {
      throw new NotAllowedException(allowed() + "; " + reason(e));
    }
  }

  private static String reason(com.typesafe.config.ConfigException e) {
    return e instanceof Parse ? e.getMessage().replaceFirst("^String: \\d+: ", "") : e.getMessage();
  }

  /** What the type allows, for error messages and help. */
  String allowed() {
    return switch (kind) {
      case TEXT -> "must be text";
      case OPTIONAL_TEXT -> "must be text, or " + choices.get(0);
      case WHOLE, LONG -> "must be a whole number";
      case OPTIONAL_WHOLE -> "must be a whole number, or " + choices.get(0);
      case NUMBER -> "must be a number";
      case FLAG -> "must be true or false";
      case CHOICE -> "must be one of " + String.join(", ", choices);
      case NAMES -> "must be a list of names, or all";
      case GRID -> "must be keys with lists of values, such as { filter.cutoff = [10, 30] }";
      case CELLS -> "must be a list of cells, such as [ { name = \"A\", filter.kind = ideal } ]";
    };
  }

  /** Reads a value by this setting's type. */
  Object read(ConfigValue value) throws NotAllowedException {
    return switch (kind) {
      case TEXT -> text(value);
      case OPTIONAL_TEXT -> {
        String text = text(value);
        yield text.equals(choices.get(0)) ? Optional.empty() : Optional.of(text);
      }
      case WHOLE -> Math.toIntExact(whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case LONG -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case OPTIONAL_WHOLE ->
          text(value).equals(choices.get(0))
              ? OptionalInt.empty()
              : OptionalInt.of(Math.toIntExact(whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE)));
      case NUMBER -> number(value);
      case FLAG -> {
        String text = text(value);
        if (!text.equals("true") && !text.equals("false")) {
          throw new NotAllowedException(allowed());
        }
        yield Boolean.valueOf(text);
      }
      case CHOICE -> {
        String text = text(value).toLowerCase(Locale.ROOT);
        if (!choices.contains(text)) {
          throw new NotAllowedException(allowed() + Suggestion.question(text, choices));
        }
        yield text;
      }
      case NAMES -> names(value);
      case GRID -> grid(value);
      case CELLS -> cells(value);
    };
  }

  /** The value as plain Java data that JSON and HOCON can hold, and {@link #read} reads back. */
  Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? optional.get() : choices.get(0);
    }
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? (Object) optional.getAsInt() : choices.get(0);
    }
    if (kind == Kind.NAMES && ((List<?>) value).isEmpty()) {
      return "all";
    }
    if (kind == Kind.CELLS) {
      List<Map<String, String>> cells = new ArrayList<>();
      for (Object item : (List<?>) value) {
        SweepConfig.Cell cell = (SweepConfig.Cell) item;
        Map<String, String> plain = new LinkedHashMap<>();
        plain.put("name", cell.name());
        plain.putAll(cell.settings());
        cells.add(plain);
      }
      return cells;
    }
    return value instanceof Enum<?> constant ? word(constant) : value;
  }

  /** A value as it would be written after {@code --set KEY=}. */
  String written(Object value) {
    Object plain = plain(value);
    return plain instanceof String text ? text : render(plain);
  }

  /** Plain Java data as HOCON. */
  static String render(Object plain) {
    return ConfigFactory.parseMap(Map.of("v", plain))
        .getValue("v")
        .render(ConfigRenderOptions.concise());
  }

  private String text(ConfigValue value) throws NotAllowedException {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> scalar(value);
      case NULL, LIST, OBJECT -> throw new NotAllowedException(allowed());
    };
  }

  /** A scalar as it was written: 1e-4 stays 1e-4. */
  private static String scalar(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render(ConfigRenderOptions.concise());
  }

  private long whole(ConfigValue value, long least, long most) throws NotAllowedException {
    try {
      long number = Long.parseLong(text(value));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new NotAllowedException(allowed());
    }
    throw new NotAllowedException(allowed() + " from " + least + " to " + most);
  }

  private double number(ConfigValue value) throws NotAllowedException {
    try {
      double number = Double.parseDouble(text(value));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new NotAllowedException(allowed());
    }
    throw new NotAllowedException(allowed());
  }

  private List<String> names(ConfigValue value) throws NotAllowedException {
    if (value instanceof ConfigList list) {
      List<String> names = new ArrayList<>();
      for (ConfigValue item : list) {
        names.add(text(item));
      }
      return names;
    }
    String text = text(value).strip();
    return text.equals("all")
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private Map<String, List<String>> grid(ConfigValue value) throws NotAllowedException {
    if (!(value instanceof ConfigObject object)) {
      throw new NotAllowedException(allowed());
    }
    Map<String, List<String>> grid = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> leaf : leaves(object).entrySet()) {
      if (!(leaf.getValue() instanceof ConfigList list)) {
        throw new NotAllowedException(allowed() + "; " + leaf.getKey() + " has no list");
      }
      grid.put(leaf.getKey(), list.stream().map(Setting::asWritten).toList());
    }
    return grid;
  }

  private List<SweepConfig.Cell> cells(ConfigValue value) throws NotAllowedException {
    if (!(value instanceof ConfigList list)) {
      throw new NotAllowedException(allowed());
    }
    List<SweepConfig.Cell> cells = new ArrayList<>();
    for (ConfigValue item : list) {
      if (!(item instanceof ConfigObject object)) {
        throw new NotAllowedException(allowed());
      }
      Map<String, String> settings = new LinkedHashMap<>();
      leaves(object).forEach((key, leaf) -> settings.put(key, asWritten(leaf)));
      String name = settings.remove("name");
      if (name == null || name.isBlank()) {
        throw new NotAllowedException(allowed() + "; a cell without a name: " + settings);
      }
      cells.add(new SweepConfig.Cell(name, settings));
    }
    return cells;
  }

  /** A value as it would be written after {@code --set KEY=}. */
  private static String asWritten(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN, NULL -> scalar(value);
      case LIST, OBJECT -> value.render(ConfigRenderOptions.concise());
    };
  }

  /** Dotted path to everything in an object that is not itself an object, in the file's order. */
  static Map<String, ConfigValue> leaves(ConfigObject object) {
    Map<String, ConfigValue> leaves = new LinkedHashMap<>();
    collect("", object, leaves);
    return leaves;
  }

  private static void collect(String prefix, ConfigObject object, Map<String, ConfigValue> leaves) {
    // HOCON objects forget the order of their keys; the line numbers remember it.
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
