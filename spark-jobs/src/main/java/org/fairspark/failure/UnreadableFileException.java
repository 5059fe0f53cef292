package org.fairspark.failure;

/** A file that reading again will not help: it is gone, closed to this user, or too large. */
public final class UnreadableFileException extends Exception {
  private final String reason;

  public UnreadableFileException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A word in upper case for the quarantine. */
  public String reason() {
    return reason;
  }
}
