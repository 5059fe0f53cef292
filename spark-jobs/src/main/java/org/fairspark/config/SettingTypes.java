package org.fairspark.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.fairspark.detect.Methods;
import org.fairspark.image.ImageSize;

/** The {@link SettingType} of every Java type that a setting can have. */
final class SettingTypes {
  /** Types that need nothing but their Java type, by its {@link Type#getTypeName name}. */
  private static final Map<String, SettingType<?>> BY_NAME =
      Map.of(
          "java.lang.String",
          new Text(),
          "int",
          new Whole<>(Integer.MIN_VALUE, Integer.MAX_VALUE, Math::toIntExact),
          "long",
          new Whole<>(Long.MIN_VALUE, Long.MAX_VALUE, Long::valueOf),
          "double",
          new Number(),
          "boolean",
          new Flag(),
          ImageSize.class.getName(),
          new Size(),
          "java.util.List<java.lang.Double>",
          new NumbersType(),
          "java.util.Map<java.lang.String, java.util.List<java.lang.String>>",
          new GridType(),
          "java.util.List<" + SweepConfig.NamedSettings.class.getName() + ">",
          new CellsType());

  private SettingTypes() {}

  /**
   * Returns the type of the setting that a record component declares.
   *
   * @throws IllegalStateException if there is none for the component's Java type
   */
  static SettingType<?> of(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return new Choice(type.getEnumConstants());
    }
    if (type == Optional.class) {
      return new OptionalText(absent(component));
    }
    if (type == OptionalInt.class) {
      return new OptionalWhole(absent(component));
    }
    if (component.getGenericType().getTypeName().equals("java.util.List<java.lang.String>")) {
      Absent absent = component.getAnnotation(Absent.class);
      return new NamesType(absent == null ? NamesType.ALL : absent.value());
    }
    MethodName method = component.getAnnotation(MethodName.class);
    if (method != null) {
      return new MethodNameType(method.or());
    }
    SettingType<?> simple = BY_NAME.get(component.getGenericType().getTypeName());
    if (simple == null) {
      throw new IllegalStateException("no type of setting for " + component);
    }
    return simple;
  }

  private static String absent(RecordComponent component) {
    Absent absent = component.getAnnotation(Absent.class);
    if (absent == null) {
      throw new IllegalStateException("needs @Absent: " + component);
    }
    return absent.value();
  }

  /** Text, which {@code --set} takes verbatim. */
  private record Text() implements SettingType<String> {
    @Override
    public String allowed() {
      return "text";
    }

    @Override
    public String read(ConfigValue value) throws NotAllowedException {
      return Hocon.scalar(value, this);
    }

    @Override
    public ConfigValue parse(String text, String origin) {
      return ConfigValueFactory.fromAnyRef(text, origin);
    }
  }

  /** A conversion to the Java type of a whole number that is known to be in its range. */
  private interface Narrowing<T> {
    T of(long value);
  }

  private record Whole<T>(long min, long max, Narrowing<T> narrowing) implements SettingType<T> {
    @Override
    public String allowed() {
      return "a whole number";
    }

    @Override
    public T read(ConfigValue value) throws NotAllowedException {
      long number;
      try {
        number = Long.parseLong(Hocon.scalar(value, this));
      } catch (NumberFormatException e) {
        throw notAllowed("");
      }
      if (number < min || number > max) {
        throw notAllowed(" from " + min + " to " + max);
      }
      return narrowing.of(number);
    }
  }

  private record Number() implements SettingType<Double> {
    @Override
    public String allowed() {
      return "a number";
    }

    @Override
    public Double read(ConfigValue value) throws NotAllowedException {
      try {
        double number = Double.parseDouble(Hocon.scalar(value, this));
        if (Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw notAllowed("");
      }
      throw notAllowed("");
    }
  }

  private record Size() implements SettingType<ImageSize> {
    @Override
    public String allowed() {
      return "a whole number from 16 to 8192, or two as 512 x 384 (width x height)";
    }

    @Override
    public ImageSize read(ConfigValue value) throws NotAllowedException {
      try {
        return ImageSize.parse(Hocon.scalar(value, this));
      } catch (IllegalArgumentException e) {
        throw notAllowed("");
      }
    }

    /** Returns a number for a square, as it is written as a rule. */
    @Override
    public Object plain(ImageSize value) {
      return value.plain();
    }
  }

  private record Flag() implements SettingType<Boolean> {
    @Override
    public String allowed() {
      return "true or false";
    }

    @Override
    public Boolean read(ConfigValue value) throws NotAllowedException {
      return switch (Hocon.scalar(value, this)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw notAllowed("");
      };
    }
  }

  /** One of an enum's constants; {@code REFERENCE_BGR} is written {@code reference-bgr}. */
  private record Choice(Object... constants) implements SettingType<Object> {
    private List<String> words() {
      return Arrays.stream(constants).map(Choice::word).toList();
    }

    private static String word(Object constant) {
      return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", words());
    }

    @Override
    public Object read(ConfigValue value) throws NotAllowedException {
      String word = Hocon.scalar(value, this).toLowerCase(Locale.ROOT);
      int index = words().indexOf(word);
      if (index < 0) {
        throw notAllowed(Suggestion.question(word, words()));
      }
      return constants[index];
    }

    @Override
    public Object plain(Object constant) {
      return word(constant);
    }
  }

  /** The name of a method, or one word more. */
  private record MethodNameType(String or) implements SettingType<String> {
    private List<String> words() {
      return Stream.concat(Stream.of(or).filter(word -> !word.isEmpty()), Methods.names().stream())
          .toList();
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", words());
    }

    @Override
    public String read(ConfigValue value) throws NotAllowedException {
      String word = Hocon.scalar(value, this).toLowerCase(Locale.ROOT);
      if (!words().contains(word)) {
        throw notAllowed(Suggestion.question(word, words()));
      }
      return word;
    }
  }

  private record OptionalText(String absent) implements SettingType<Optional<String>> {
    @Override
    public String allowed() {
      return "text, or " + absent;
    }

    @Override
    public Optional<String> read(ConfigValue value) throws NotAllowedException {
      return Optional.of(Hocon.scalar(value, this)).filter(text -> !text.equals(absent));
    }

    @Override
    public Object plain(Optional<String> value) {
      return value.orElse(absent);
    }
  }

  private record OptionalWhole(String absent) implements SettingType<OptionalInt> {
    @Override
    public String allowed() {
      return "a whole number, or " + absent;
    }

    @Override
    public OptionalInt read(ConfigValue value) throws NotAllowedException {
      String text = Hocon.scalar(value, this);
      if (text.equals(absent)) {
        return OptionalInt.empty();
      }
      try {
        return OptionalInt.of(Integer.parseInt(text));
      } catch (NumberFormatException e) {
        throw notAllowed("");
      }
    }

    @Override
    public Object plain(OptionalInt value) {
      return value.isPresent() ? (Object) value.getAsInt() : absent;
    }
  }
}
