package org.fairspark.image.codec;

import java.util.Objects;

/**
 * A file that gives no image. The bytes are the cause, not the store they came from, so that
 * reading them again does not help.
 */
public final class UndecodableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kind of fault. */
  public enum Reason {
    /** The file has no bytes. */
    EMPTY,
    /** The file begins like no known image format. */
    NOT_AN_IMAGE,
    /** The file ends before the image does. */
    TRUNCATED,
    /** The header gives more pixels than {@link DecodeLimits} allows. */
    TOO_LARGE,
    /** The format, or this variant of it, is not decoded. */
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

  /** Returns what a decoder says is wrong; some of their exceptions say nothing but their type. */
  static String why(Exception seen) {
    String message = seen.getMessage();
    return message == null || message.isBlank() ? seen.getClass().getSimpleName() : message;
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
