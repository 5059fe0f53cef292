package org.fairspark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A reader of configuration files: HOCON presets with includes, and manifests of finished runs.
 *
 * <p>An include is looked for beside the including file, then below the nearest folder named {@code
 * conf} that holds it. A missing include is an error here, where the HOCON library would pass over
 * it in silence.
 */
final class ConfigFiles {
  /** Key under which a run's manifest keeps its configuration. */
  static final String MANIFEST_KEY = "configuration";

  private ConfigFiles() {}

  /**
   * Finds a file that the user named: as given, else below the installation's folder ({@code
   * fair.home}), with or without {@code conf/}.
   *
   * @throws ConfigException if there is none, naming where it was looked for
   */
  static Path locate(Path named) {
    List<Path> candidates = new ArrayList<>(List.of(named.toAbsolutePath().normalize()));
    String home = System.getProperty("fair.home");
    if (home != null && !named.isAbsolute()) {
      candidates.add(Path.of(home).resolve(named).normalize());
      candidates.add(Path.of(home).resolve("conf").resolve(named).normalize());
    }
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    String rule = Files.isDirectory(candidates.get(0)) ? "is a folder, not a file" : "no such file";
    throw failure(named.toString(), rule + "; looked for: " + join(candidates), "--conf " + named);
  }

  /**
   * Reads one file.
   *
   * @throws ConfigException for text that is not HOCON (with its line), or a missing include
   */
  static Config read(Path file) {
    Config config = parse(file, new LinkedHashSet<>());
    boolean manifest =
        file.toString().endsWith(".json")
            && config.root().containsKey(MANIFEST_KEY)
            && config.root().get(MANIFEST_KEY).valueType() == ConfigValueType.OBJECT;
    return manifest ? ((ConfigObject) config.root().get(MANIFEST_KEY)).toConfig() : config;
  }

  private static Config parse(Path file, Set<Path> including) {
    Set<Path> stack = new LinkedHashSet<>(including);
    if (!stack.add(file)) {
      throw failure(file.toString(), "includes itself: " + join(stack), file.toString());
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setAllowMissing(false)
            .setSyntax(file.toString().endsWith(".json") ? ConfigSyntax.JSON : ConfigSyntax.CONF)
            .setIncluder(new Includer(file, stack));
    try {
      return ConfigFactory.parseFile(file.toFile(), options);
    } catch (com.typesafe.config.ConfigException e) {
      throw syntax(file, e);
    }
  }

  private static ConfigException syntax(Path file, com.typesafe.config.ConfigException e) {
    String origin =
        Optional.ofNullable(e.origin())
            .filter(o -> o.lineNumber() > 0)
            .map(o -> file + ":" + o.lineNumber())
            .orElse(file.toString());
    String description = e.origin() == null ? "" : e.origin().description() + ": ";
    String reason =
        e.getMessage().startsWith(description)
            ? e.getMessage().substring(description.length())
            : e.getMessage();
    return failure("", "cannot be read as HOCON: " + reason, origin);
  }

  private static ConfigException failure(String key, String rule, String origin) {
    return new ConfigException(List.of(ConfigProblem.at(key, rule, origin)));
  }

  private static String join(Iterable<Path> paths) {
    List<String> names = new ArrayList<>();
    paths.forEach(path -> names.add(path.toString()));
    return String.join(", ", names);
  }

  private static final class Includer
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private final Path from;
    private final Set<Path> stack;

    Includer(Path from, Set<Path> stack) {
      this.from = from;
      this.stack = stack;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      List<Path> candidates = new ArrayList<>();
      Path folder = from.toAbsolutePath().normalize().getParent();
      candidates.add(folder.resolve(what).normalize());
      for (Path above = folder; above != null; above = above.getParent()) {
        if (above.endsWith("conf")) {
          candidates.add(above.resolve(what).normalize());
        }
      }
      for (Path candidate : candidates) {
        if (Files.isRegularFile(candidate)) {
          return parse(candidate, stack).root();
        }
      }
      throw failure(
          "include \"" + what + "\"",
          "no such file; looked for: " + join(candidates),
          from.toString());
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      return include(context, what.getPath());
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw failure("include url(\"" + what + "\")", "only files can be included", from.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw failure(
          "include classpath(\"" + what + "\")", "only files can be included", from.toString());
    }
  }
}
