package org.fairspark.archive;

import java.util.Locale;
import java.util.Optional;
import org.fairspark.files.PathNames;

/** The kinds of file that hold images, recognised by their names. */
public enum ArchiveKind {
  /** One image. */
  FILE,
  /** Many, uncompressed in a tar. */
  TAR,
  /** Many, in a zip. */
  ZIP,
  /** Many, as values of a Hadoop sequence file. */
  SEQUENCE;

  /** Returns the kind of a file, or nothing if it holds no images. */
  public static Optional<ArchiveKind> of(String fileName) {
    if (PathNames.isImage(fileName)) {
      return Optional.of(FILE);
    }
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".tar") || isCompressedTar(name)) {
      return Optional.of(TAR);
    }
    if (name.endsWith(".zip")) {
      return Optional.of(ZIP);
    }
    return name.endsWith(".seq") ? Optional.of(SEQUENCE) : Optional.empty();
  }

  /**
   * Returns whether a file is a tar that can only be read from its beginning, so that no member can
   * be read apart.
   */
  static boolean isCompressedTar(String fileName) {
    return fileName.toLowerCase(Locale.ROOT).matches(".*\\.(tar\\.(gz|bz2|xz|zst)|tgz|tbz2?)");
  }
}
