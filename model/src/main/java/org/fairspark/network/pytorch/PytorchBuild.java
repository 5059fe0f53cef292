package org.fairspark.network.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The parts of PyTorch that this build holds; found without loading any.
 *
 * @param version of PyTorch that DJL's interface is made for; empty where the build has none
 * @param flavors of PyTorch that it has an interface for on this platform: {@code cpu}, {@code
 *     cu128}
 * @param libraries platform of PyTorch's own libraries in the build; empty where it has none
 */
record PytorchBuild(Optional<String> version, List<String> flavors, Optional<String> libraries) {
  private static final String ENGINE = "ai/djl/pytorch/engine/PtEngine.class";

  /** Copies the list. */
  PytorchBuild {
    flavors = List.copyOf(flavors);
  }

  /** Looks into the class path. */
  static PytorchBuild here() {
    Optional<String> version =
        has(ENGINE)
            ? property("jnilib/pytorch.properties", "jni_version").map(v -> v.split("-", 2)[0])
            : Optional.empty();
    String library = System.mapLibraryName("djl_torch");
    return new PytorchBuild(
        version,
        Stream.of("cpu", "cu128")
            .filter(flavor -> has("jnilib/" + platform() + "/" + flavor + "/" + library))
            .toList(),
        property("native/lib/pytorch.properties", "classifier"));
  }

  /** Returns DJL's name of this platform, for example {@code linux-x86_64}. */
  static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system.split(" ", 2)[0])
        + "-"
        + (processor.equals("amd64") ? "x86_64" : processor);
  }

  private static boolean has(String resource) {
    return PytorchBuild.class.getClassLoader().getResource(resource) != null;
  }

  private static Optional<String> property(String resource, String key) {
    try (InputStream in = PytorchBuild.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty(key));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be read: " + resource, e);
    }
  }
}
