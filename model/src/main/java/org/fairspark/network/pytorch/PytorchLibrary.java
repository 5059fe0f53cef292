package org.fairspark.network.pytorch;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * PyTorch's libraries: whether they can be used here, told before anything is loaded, and their
 * loading. Classes of DJL are touched by {@link #engine} alone.
 */
public final class PytorchLibrary {
  /** The environment variable that names the folder of PyTorch's libraries. */
  public static final String FOLDER = "PYTORCH_LIBRARY_PATH";

  /** The environment variable by which NVIDIA's libraries leave TF32 alone, where it is 0. */
  public static final String TF32 = "NVIDIA_TF32_OVERRIDE";

  private static final String VERSION = "PYTORCH_VERSION";
  private static final String FLAVOR = "PYTORCH_FLAVOR";

  private static Engine engine;

  private PytorchLibrary() {}

  /**
   * A reason why PyTorch cannot be used.
   *
   * @param what one human-readable line
   * @param where the place that it is about
   * @param todo how to change it
   */
  public record Obstacle(String what, String where, String todo) {
    /** Returns it as one line. */
    public String line() {
      return "%s (%s): %s".formatted(what, where, todo);
    }
  }

  /** Returns whether this build has PyTorch's interface, with or without its libraries. */
  public static boolean isBuiltIn() {
    return PytorchBuild.here().version().isPresent();
  }

  /** Returns whether this build has an interface to a PyTorch that computes on NVIDIA GPUs. */
  public static boolean isBuiltInForCuda() {
    PytorchBuild build = PytorchBuild.here();
    return build.version().isPresent() && build.flavors().stream().anyMatch(PytorchLibrary::isCuda);
  }

  /** Returns what is in the way of training on this machine's CPU, or on its GPU. */
  public static Optional<Obstacle> obstacle(boolean gpu) {
    return obstacle(PytorchBuild.here(), System.getenv(), gpu);
  }

  static Optional<Obstacle> obstacle(
      PytorchBuild build, Map<String, String> environment, boolean gpu) {
    if (build.version().isEmpty()) {
      return Optional.of(
          new Obstacle(
              "this build has no PyTorch",
              "the program's jar",
              "build with -Ppytorch, as FAIR_PROFILES=pytorch ./submit.sh ... does"));
    }
    String version = build.version().get();
    String paths = environment.getOrDefault(FOLDER, "");
    if (paths.isBlank()) {
      return withoutFolder(build, environment, gpu);
    }
    Optional<Path> folder = LibtorchFolder.find(paths);
    if (folder.isEmpty()) {
      return Optional.of(
          new Obstacle(
              "there is no " + System.mapLibraryName("torch"),
              FOLDER + "=" + paths,
              "set it to the folder torch/lib of a Python installation of PyTorch " + version));
    }
    Optional<LibtorchFolder> found = LibtorchFolder.read(folder.get());
    if (found.isEmpty()) {
      return Optional.of(
          new Obstacle(
              "neither version.py nor build-version beside the folder says which PyTorch this is",
              folder.get().toString(),
              "set %s to the folder torch/lib of a Python installation of PyTorch %s"
                  .formatted(FOLDER, version)));
    }
    LibtorchFolder library = found.get();
    if (!library.version().equals(version) || !build.flavors().contains(library.flavor())) {
      return Optional.of(
          new Obstacle(
              "this is PyTorch %s for %s, and this build takes %s for %s"
                  .formatted(
                      library.version(),
                      library.flavor(),
                      version,
                      String.join(" or ", build.flavors())),
              folder.get().toString(),
              "install that one, and set %s to its folder torch/lib".formatted(FOLDER)));
    }
    if (gpu && !isCuda(library.flavor())) {
      return Optional.of(
          new Obstacle(
              "this PyTorch is for CPUs",
              folder.get().toString(),
              "set %s to the folder torch/lib of PyTorch %s for CUDA".formatted(FOLDER, version)));
    }
    return contradiction(environment, library.version(), library.flavor());
  }

  private static Optional<Obstacle> withoutFolder(
      PytorchBuild build, Map<String, String> environment, boolean gpu) {
    String version = build.version().orElseThrow();
    if (gpu || build.libraries().isEmpty()) {
      return Optional.of(
          new Obstacle(
              gpu
                  ? "no PyTorch for GPUs is known here"
                  : "this build has PyTorch's interface and not its libraries",
              FOLDER + " is not set",
              "set it to the folder torch/lib of a Python installation of PyTorch %s for %s"
                  .formatted(version, String.join(" or ", build.flavors()))));
    }
    String libraries = build.libraries().get();
    if (!libraries.equals(PytorchBuild.platform())) {
      return Optional.of(
          new Obstacle(
              "this build has PyTorch for %s, and this machine is %s"
                  .formatted(libraries, PytorchBuild.platform()),
              "the program's jar",
              "build it on such a machine"));
    }
    return contradiction(environment, version, "cpu");
  }

  /** DJL believes these variables more than what it finds, and would fetch what they name. */
  private static Optional<Obstacle> contradiction(
      Map<String, String> environment, String version, String flavor) {
    for (Map.Entry<String, String> wanted : Map.of(VERSION, version, FLAVOR, flavor).entrySet()) {
      String value = environment.getOrDefault(wanted.getKey(), "");
      if (!value.isEmpty() && !value.equals(wanted.getValue())) {
        return Optional.of(
            new Obstacle(
                "the environment asks for another PyTorch than %s for %s"
                    .formatted(version, flavor),
                wanted.getKey() + "=" + value,
                "unset it"));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what is in the way of a precision on GPUs. PyTorch allows TF32 in convolutions, DJL has
   * no way to forbid it, and NVIDIA's libraries ask the environment of the process.
   *
   * @param tf32 whether TF32 was asked for
   */
  public static Optional<Obstacle> precision(boolean tf32) {
    return precision(tf32, System.getenv());
  }

  static Optional<Obstacle> precision(boolean tf32, Map<String, String> environment) {
    String value = environment.getOrDefault(TF32, "");
    if (!tf32 && !value.equals("0")) {
      return Optional.of(
          new Obstacle(
              "PyTorch would round to TF32 on this GPU",
              "%s=%s in this process".formatted(TF32, value),
              "give -- --conf spark.executorEnv.%s=0, or allow it by training.precision=tf32"
                  .formatted(TF32)));
    }
    if (tf32 && !value.isEmpty()) {
      return Optional.of(
          new Obstacle(
              "the environment decides about TF32 for all of a process",
              "%s=%s in this process".formatted(TF32, value),
              "unset it, also in spark.executorEnv, or take training.precision=float32"));
    }
    return Optional.empty();
  }

  private static boolean isCuda(String flavor) {
    return flavor.startsWith("cu");
  }

  /**
   * Loads the library, unless it is loaded.
   *
   * @throws IllegalStateException if it cannot be, with what to do
   */
  static synchronized Engine engine() {
    if (engine == null) {
      obstacle(false)
          .ifPresent(
              obstacle -> {
                throw new IllegalStateException(obstacle.line());
              });
      // DJL must fetch nothing, report nothing, and unpack into no home folder.
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("OPT_OUT_TRACKING", "true");
      String cache = PytorchCache.folder().toString();
      System.setProperty("ENGINE_CACHE_DIR", cache);
      System.setProperty("DJL_CACHE_DIR", cache);
      Optional<LibtorchFolder> library =
          LibtorchFolder.find(Optional.ofNullable(System.getenv(FOLDER)).orElse(""))
              .flatMap(LibtorchFolder::read);
      library.ifPresent(
          found -> {
            System.setProperty(VERSION, found.version());
            System.setProperty(FLAVOR, found.flavor());
          });
      engine = load(library.map(found -> found.folder().toString()).orElse(""));
    }
    return engine;
  }

  /**
   * Loads it from a folder, or from the class path.
   *
   * @param folder what DJL may find in {@code java.library.path}, where it looks before the class
   *     path: a system's own libtorch is of any version, and every file beside it would be loaded
   */
  private static Engine load(String folder) {
    String search = System.getProperty("java.library.path");
    System.setProperty("java.library.path", folder);
    try {
      return Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IllegalStateException(
          "PyTorch cannot be loaded: %s; set training.engine=dl4j to train without it"
              .formatted(cause.getMessage()),
          e);
    } finally {
      System.setProperty("java.library.path", search);
    }
  }
}
