package org.fairspark.image.codec;

import java.util.Objects;

/**
 * A file that gives no image. The bytes are at fault, not the store they came from: reading them
 * again will not help.
 */
public final class UndecodableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why there is no image. */
  public enum Reason {
    /** Not a single byte. */
    EMPTY,
    /** No image format begins like this file. */
    NOT_AN_IMAGE,
    /** The file ends before the image does. */
    TRUNCATED,
    /** More pixels than {@link DecodeLimits} allows. */
    TOO_LARGE,
    /** An image in a format, or a kind of that format, that is not read here. */
    UNSUPPORTED,
    /** The file contradicts itself or its checksum. */
    CORRUPT
  }

  private final Reason reason;

  public UndecodableImageException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  UndecodableImageException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  static UndecodableImageException corrupt(String message) {
    return new UndecodableImageException(Reason.CORRUPT, message);
  }

  static UndecodableImageException corrupt(String message, Throwable cause) {
    return new UndecodableImageException(Reason.CORRUPT, message, cause);
  }

  static UndecodableImageException truncated(String message) {
    return new UndecodableImageException(Reason.TRUNCATED, message);
  }

  static UndecodableImageException unsupported(String message) {
    return new UndecodableImageException(Reason.UNSUPPORTED, message);
  }

  public Reason reason() {
    return reason;
  }
}
