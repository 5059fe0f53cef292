package org.fairspark.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import org.fairspark.failure.FairException;

/**
 * A check of the folder for temporary files, made before Spark starts: Spark's codecs and this
 * program unpack native libraries into it and load them from there, and where that is not allowed
 * each of them ends in another way. {@code submit.sh} looks at it by the same rule.
 */
final class TemporaryFolder {
  private TemporaryFolder() {}

  /**
   * Refuses a folder that cannot be written, or from which nothing can be run.
   *
   * @throws FairException naming the folder
   */
  static void require() {
    require(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void require(Path folder) {
    boolean runs;
    try {
      Path probe = Files.createTempFile(folder, "fair-probe-", ".tmp");
      try {
        if (probe.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(
              probe, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
        }
        // The system says no for every file of a file system that is mounted noexec.
        runs = Files.isExecutable(probe);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw FairException.refused(
          "the folder for temporary files cannot be written",
          folder.toString(),
          "give the driver another: --conf spark.driver.extraJavaOptions=-Djava.io.tmpdir=FOLDER,"
              + " or TMPDIR with ./submit.sh",
          e);
    }
    if (!runs) {
      throw FairException.refused(
          "nothing can be run from the folder for temporary files, so that natives cannot be loaded"
              + " (noexec?)",
          folder.toString(),
          "give the driver another: --conf spark.driver.extraJavaOptions=-Djava.io.tmpdir=FOLDER,"
              + " or TMPDIR with ./submit.sh");
    }
  }
}
