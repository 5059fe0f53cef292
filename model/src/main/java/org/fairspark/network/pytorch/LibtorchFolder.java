package org.fairspark.network.pytorch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder with PyTorch's libraries that somebody else installed: {@code torch/lib} of a Python
 * package, or {@code lib} of libtorch.
 *
 * @param folder with the libraries
 * @param version for example {@code 2.7.1}
 * @param flavor {@code cpu}, or CUDA's version as in {@code cu128}
 */
record LibtorchFolder(Path folder, String version, String flavor) {
  private static final Pattern PYTHON =
      Pattern.compile("^__version__\\b.*=\\s*['\"]([^'\"]+)['\"]", Pattern.MULTILINE);
  private static final String LIBRARY = System.mapLibraryName("torch");

  /** Returns the first of several folders that has the library, as DJL takes it. */
  static Optional<Path> find(String paths) {
    for (String path : paths.split(Pattern.quote(File.pathSeparator), -1)) {
      Path folder = Path.of(path);
      if (!path.isBlank() && Files.isRegularFile(folder.resolve(LIBRARY))) {
        return Optional.of(folder.toAbsolutePath().normalize());
      }
    }
    return Optional.empty();
  }

  /**
   * Reads the version from the file that lies beside a folder of libraries: {@code version.py} of
   * the Python package, {@code build-version} of libtorch.
   *
   * @return empty where there is none, or it says something else
   */
  static Optional<LibtorchFolder> read(Path folder) {
    Path above = folder.toAbsolutePath().normalize().getParent();
    if (above == null) {
      return Optional.empty();
    }
    Matcher python = PYTHON.matcher(text(above.resolve("version.py")));
    String full = python.find() ? python.group(1) : text(above.resolve("build-version"));
    String[] parts = full.strip().split("\\+", 2);
    return parts[0].matches("\\d+\\.\\d+\\.\\d+")
        ? Optional.of(new LibtorchFolder(folder, parts[0], parts.length > 1 ? parts[1] : "cpu"))
        : Optional.empty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
