package org.fairspark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.SettingType.NotAllowedException;

/**
 * A loader of configuration files and {@code --set} options into a {@link FairConfig}.
 *
 * <p>Settings come, in rising precedence, from {@code fair-defaults.conf} (a resource of this
 * package), the files in the order given, and the {@code --set} options in the order given. Unknown
 * keys are errors. Everything that is wrong is reported together.
 */
public final class ConfigLoader {
  static final String DEFAULTS = "fair-defaults.conf";

  private final List<ConfigProblem> problems = new ArrayList<>();

  private ConfigLoader() {}

  /**
   * Loads and validates a configuration, including every cell of its sweep.
   *
   * @param confFiles HOCON files, or a finished run's {@code manifest.json}
   * @param sets {@code KEY=VALUE}
   * @throws ConfigException with every problem found
   */
  public static FairConfig load(List<Path> confFiles, List<String> sets) {
    return load(Optional.empty(), confFiles, sets);
  }

  /**
   * Loads and validates the configuration of a job that comes with a preset of its own, which
   * everything else wins over.
   *
   * @param preset name of a resource of this package
   * @throws ConfigException with every problem found
   */
  public static FairConfig load(Optional<String> preset, List<Path> confFiles, List<String> sets) {
    ConfigLoader loader = new ConfigLoader();
    Config config = loader.layered(confFiles, sets);
    if (preset.isPresent()) {
      config =
          config.withFallback(
              ConfigFactory.parseResources(
                  ConfigLoader.class,
                  preset.get(),
                  ConfigParseOptions.defaults().setAllowMissing(false)));
    }
    return loader.resolve(config);
  }

  /** Returns the defaults, without any file. */
  public static FairConfig defaults() {
    return load(List.of(), List.of());
  }

  static Config defaultsFile() {
    return ConfigFactory.parseResources(ConfigLoader.class, DEFAULTS);
  }

  /**
   * Replaces settings as {@link FairConfig#with(Map)} does; the sweep's cells are not validated
   * again.
   */
  static FairConfig replace(FairConfig base, Map<String, String> settings) {
    ConfigLoader loader = new ConfigLoader();
    Map<String, Object> values = new HashMap<>();
    Settings.ALL.forEach(setting -> values.put(setting.key(), setting.value(base)));
    settings.forEach(
        (key, text) ->
            loader
                .known(key, Optional.empty())
                .ifPresent(
                    setting -> {
                      try {
                        values.put(key, setting.read(setting.parse(text, key)));
                      } catch (NotAllowedException e) {
                        loader.problems.add(ConfigProblem.of(key, text, e.getMessage()));
                      }
                    }));
    loader.stopIfWrong();
    return Settings.build(values);
  }

  private void stopIfWrong() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private Config layered(List<Path> confFiles, List<String> sets) {
    Config config = ConfigFactory.empty();
    for (Path file : confFiles) {
      try {
        config = ConfigFiles.read(ConfigFiles.locate(file)).withFallback(config);
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    stopIfWrong();
    for (String set : sets) {
      config = applySet(config, set);
    }
    return config;
  }

  private Config applySet(Config config, String set) {
    String origin = "--set " + set;
    int equals = set.indexOf('=');
    if (equals <= 0) {
      problems.add(ConfigProblem.at("--set " + set, "must be KEY=VALUE", "command line"));
      return config;
    }
    String key = set.substring(0, equals).strip();
    String text = set.substring(equals + 1);
    try {
      if (key.startsWith("sweep.grid.")) {
        String swept = key.substring("sweep.grid.".length()).replace("\"", "");
        Setting<?> grid = Settings.find("sweep.grid").orElseThrow();
        ConfigValue value = grid.parse("{ \"" + swept + "\" = " + text + " }", origin);
        return value.atPath("sweep.grid").withFallback(config);
      }
      Optional<Setting<?>> setting = known(key, Optional.of(origin));
      return setting.isEmpty() ? config : config.withValue(key, setting.get().parse(text, origin));
    } catch (NotAllowedException e) {
      problems.add(ConfigProblem.of(key, text, e.getMessage()).from(origin));
      return config;
    }
  }

  /**
   * Returns the setting of a key; an unknown key becomes a problem that names the nearest known
   * one.
   */
  private Optional<Setting<?>> known(String key, Optional<String> origin) {
    Optional<Setting<?>> setting = Settings.find(key);
    if (setting.isEmpty()) {
      String rule;
      if (Settings.isSection(key)) {
        List<String> inside =
            Settings.keys().stream().filter(k -> k.startsWith(key + ".")).toList();
        rule = "is a group of settings: " + String.join(", ", inside);
      } else if (key.startsWith("spark.")) {
        rule = "is a Spark option; give it to Spark: -- --conf " + key + "=VALUE";
      } else {
        rule = "unknown setting" + Suggestion.question(key, Settings.keys());
      }
      problems.add(new ConfigProblem(key, Optional.empty(), rule, origin));
    }
    return setting;
  }

  private FairConfig resolve(Config given) {
    Config resolved;
    try {
      resolved = given.withFallback(defaultsFile()).resolve();
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(
          ConfigProblem.at("", "cannot be resolved: " + withoutOrigin(e), place(e.origin())));
      throw new ConfigException(problems);
    }
    Map<String, ConfigValue> valueByKey = settingsIn(resolved);
    Map<String, Object> values = new HashMap<>();
    Map<String, String> origins = new HashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      ConfigValue value = valueByKey.get(setting.key());
      origins.put(setting.key(), place(value.origin()));
      if (value instanceof ConfigObject inner) {
        Hocon.leaves(inner)
            .forEach((key, leaf) -> origins.put(setting.key() + "." + key, place(leaf.origin())));
      }
      try {
        values.put(setting.key(), setting.read(value));
      } catch (NotAllowedException e) {
        problems.add(
            ConfigProblem.of(setting.key(), Hocon.written(value), e.getMessage())
                .from(place(value.origin())));
        // The default stands in, so that the other settings of the same part are still validated.
        values.put(setting.key(), defaultOf(setting));
      }
    }
    FairConfig config = null;
    try {
      config = Settings.build(values);
    } catch (ConfigException e) {
      e.problems()
          .forEach(p -> problems.add(p.origin().isPresent() ? p : p.from(origin(p, origins))));
    }
    stopIfWrong();
    problems.addAll(TrialGroups.problems(config, origins));
    stopIfWrong();
    return config;
  }

  /** Returns the values by known key; unknown keys become problems. */
  private Map<String, ConfigValue> settingsIn(Config resolved) {
    Map<String, ConfigValue> valueByKey = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      if (setting.type() instanceof GridType) {
        valueByKey.put(setting.key(), resolved.getValue(setting.key()));
      }
    }
    Hocon.leaves(resolved.root())
        .forEach(
            (key, value) -> {
              if (valueByKey.keySet().stream().anyMatch(grid -> key.startsWith(grid + "."))) {
                return;
              }
              if (Settings.find(key).isPresent() && resolved.hasPathOrNull(key)) {
                valueByKey.put(key, resolved.hasPath(key) ? resolved.getValue(key) : value);
              } else {
                known(key, Optional.of(place(value.origin())));
              }
            });
    return valueByKey;
  }

  private static Object defaultOf(Setting<?> setting) {
    try {
      return setting.read(defaultsFile().resolve().getValue(setting.key()));
    } catch (NotAllowedException e) {
      throw new IllegalStateException(DEFAULTS + ": " + setting.key() + " " + e.getMessage(), e);
    }
  }

  private static String origin(ConfigProblem problem, Map<String, String> origins) {
    String key = problem.key();
    while (!origins.containsKey(key) && key.contains(".")) {
      key = key.substring(0, key.lastIndexOf('.'));
    }
    return origins.getOrDefault(key, "");
  }

  private static String withoutOrigin(com.typesafe.config.ConfigException e) {
    String prefix = e.origin() == null ? "" : e.origin().description() + ": ";
    return e.getMessage().startsWith(prefix)
        ? e.getMessage().substring(prefix.length())
        : e.getMessage();
  }

  /** Returns {@code FILE:LINE}, or the {@code --set} option. */
  static String place(ConfigOrigin origin) {
    if (origin == null) {
      return "";
    }
    if (origin.filename() != null && origin.lineNumber() > 0) {
      return origin.filename() + ":" + origin.lineNumber();
    }
    if (origin.resource() != null && origin.lineNumber() > 0) {
      return DEFAULTS + ":" + origin.lineNumber();
    }
    return origin.description();
  }
}
