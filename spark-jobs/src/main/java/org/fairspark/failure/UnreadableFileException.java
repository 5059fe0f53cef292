package org.fairspark.failure;

import java.util.Objects;

/**
 * A file, an archive or a member of one that gives no image, however often it is read. Faults of
 * the store, which pass, are {@link java.io.IOException}s.
 */
public final class UnreadableFileException extends RuntimeException {

  /** The reasons, by the words that {@code quarantine/} and {@code unreadable.csv} hold. */
  public enum Reason {
    /** Not a single byte. */
    EMPTY,
    /** No image format begins like this file. */
    NOT_AN_IMAGE,
    /** The file ends before the image does. */
    TRUNCATED,
    /** More bytes or pixels than are read. */
    TOO_LARGE,
    /** A format, or a kind of a format, that is not read here. */
    UNSUPPORTED,
    /** The file contradicts itself or its checksum. */
    CORRUPT,
    /** The file or member was there when it was listed, not now. */
    GONE,
    /** This user may not read the file. */
    NO_ACCESS,
    /** The archive ends early or contradicts itself. */
    BROKEN_ARCHIVE,
    /** The mask has another size than its image. */
    MASK_SIZE,
    /** No folder of the file's path is the name of a model. */
    NO_MODEL
  }

  private final Reason reason;

  /**
   * Makes the exception for a file that cannot be read.
   *
   * @param detail the human-readable reason
   * @param cause may be null
   */
  public UnreadableFileException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Returns the reason. */
  public Reason reason() {
    return reason;
  }
}
