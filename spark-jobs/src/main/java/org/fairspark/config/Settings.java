package org.fairspark.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All settings, in documented order.
 *
 * <p>A setting is declared once, as a component of a record: {@code cutoff} of {@link FilterConfig}
 * is {@code filter.cutoff}, since {@link FairConfig} has that record as {@code filter}. The
 * component's Java type chooses the {@link SettingType}; {@link Absent} and {@link EffectiveIf} say
 * what a Java type cannot. To add a setting, add a component, and its default with its help text to
 * {@code fair-defaults.conf}.
 */
final class Settings {
  static final List<Setting<?>> ALL = declaredIn(FairConfig.class, "", config -> config);

  private static final Map<String, Setting<?>> BY_KEY = new LinkedHashMap<>();

  static {
    ALL.forEach(setting -> BY_KEY.put(setting.key(), setting));
  }

  private Settings() {}

  static Optional<Setting<?>> find(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  static List<String> keys() {
    return List.copyOf(BY_KEY.keySet());
  }

  /** Returns whether the key names a group of settings, such as {@code filter}. */
  static boolean isSection(String key) {
    return BY_KEY.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
  }

  /**
   * Makes a configuration.
   *
   * @param values the value of every setting by its key
   * @throws ConfigException with the problems of all parts together
   */
  static FairConfig build(Map<String, Object> values) {
    List<ConfigProblem> problems = new ArrayList<>();
    List<Object> parts = components(FairConfig.class, "", values, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return make(FairConfig.class, parts);
  }

  /** Returns the components of a record; null for a part whose problems are added to the list. */
  private static List<Object> components(
      Class<?> record, String prefix, Map<String, Object> values, List<ConfigProblem> problems) {
    List<Object> components = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String key = prefix + word(component);
      components.add(
          isSection(component)
              ? part(component.getType(), key + ".", values, problems)
              : values.get(key));
    }
    return components;
  }

  /** Returns whether a component is a group of settings: a record of this package. */
  private static boolean isSection(RecordComponent component) {
    Class<?> type = component.getType();
    return type.isRecord() && type.getPackage().equals(FairConfig.class.getPackage());
  }

  private static Object part(
      Class<?> record, String prefix, Map<String, Object> values, List<ConfigProblem> problems) {
    int before = problems.size();
    List<Object> components = components(record, prefix, values, problems);
    if (problems.size() > before) {
      return null;
    }
    try {
      return make(record, components);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private static List<Setting<?>> declaredIn(
      Class<?> record, String prefix, Function<FairConfig, Object> holder) {
    List<Setting<?>> settings = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String key = prefix + word(component);
      Function<FairConfig, Object> getter = config -> get(component, holder.apply(config));
      if (isSection(component)) {
        settings.addAll(declaredIn(component.getType(), key + ".", getter));
      } else {
        settings.add(setting(key, SettingTypes.of(component), getter, condition(component)));
      }
    }
    return List.copyOf(settings);
  }

  @SuppressWarnings("unchecked") // The component that the getter reads chose the type.
  private static <T> Setting<T> setting(
      String key,
      SettingType<T> type,
      Function<FairConfig, Object> getter,
      Optional<Condition> condition) {
    return new Setting<>(key, type, config -> (T) getter.apply(config), condition);
  }

  private static Optional<Condition> condition(RecordComponent component) {
    return Optional.ofNullable(component.getAnnotation(EffectiveIf.class)).map(EffectiveIf::value);
  }

  /** Returns a component's part of the key: {@code batchSize} is {@code batch-size}. */
  private static String word(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Object get(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static <R> R make(Class<R> record, List<Object> components) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return record.getDeclaredConstructor(types).newInstance(components.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot make " + record.getSimpleName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + record.getSimpleName(), e);
    }
  }
}
