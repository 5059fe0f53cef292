package org.fairspark.network.pytorch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder into which PyTorch's libraries are unpacked, half a gigabyte: one of the user's in the
 * folder for temporary files, kept for the next process.
 */
final class PytorchCache {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private PytorchCache() {}

  /** Returns the folder; nobody else can have put anything into it. */
  static Path folder() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path probe = Files.createTempDirectory(temporary, "fair-pytorch-");
      Path folder = temporary.resolve("fair-pytorch-of-" + Files.getOwner(probe).getName());
      if (moved(probe, folder) || isOurs(folder, probe)) {
        Files.deleteIfExists(probe);
        return folder;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(probe), "fair-pytorch-cleanup"));
      return probe;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PyTorch cannot be unpacked into %s: set TMPDIR to a folder that can be written"
              .formatted(temporary),
          e);
    }
  }

  /** Gives a new folder its lasting name, unless there is something of that name. */
  private static boolean moved(Path probe, Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.move(probe, folder);
      return true;
    } catch (IOException e) {
      // Another process was faster.
      return false;
    }
  }

  private static boolean isOurs(Path folder, Path probe) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(probe))
        && OWNER.equals(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The process ends; what is left lies in the folder for temporary files.
    }
  }
}
