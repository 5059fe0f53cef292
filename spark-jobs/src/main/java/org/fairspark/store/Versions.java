package org.fairspark.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The versions of this program and of what it was built with. */
public final class Versions {
  private static final String RESOURCE = "fair-versions.properties";
  private static final Map<String, String> BUILT = read();

  private Versions() {}

  /** Returns this program's version. */
  public static String fair() {
    return BUILT.get("fair");
  }

  /**
   * Returns versions by name: {@code fair}, {@code spark}, {@code dl4j}, {@code onnxruntime},
   * {@code pytorch} where the jar has it, {@code java} and {@code java-vendor}, for manifests.
   */
  public static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(BUILT);
    all.put("java", System.getProperty("java.version"));
    // Runtimes of one version differ by who built them, such as in their JPEG library.
    all.put("java-vendor", System.getProperty("java.vendor"));
    return all;
  }

  /** Returns a human-readable line. */
  public static String line() {
    return "FAIR on Spark %s (built for Spark %s, DL4J %s; Java %s)"
        .formatted(fair(), BUILT.get("spark"), BUILT.get("dl4j"), all().get("java"));
  }

  private static Map<String, String> read() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    Map<String, String> versions = new LinkedHashMap<>();
    for (String name : List.of("fair", "spark", "dl4j", "onnxruntime", "pytorch")) {
      String version = properties.getProperty(name);
      if (!version.isEmpty()) {
        versions.put(name, version);
      }
    }
    return versions;
  }
}
