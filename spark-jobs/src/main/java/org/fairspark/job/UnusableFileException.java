package org.fairspark.job;

/** A file that reading again will not help: it is gone, closed to this user, or too large. */
final class UnusableFileException extends Exception {
  private final String reason;

  UnusableFileException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A word in upper case for the quarantine. */
  String reason() {
    return reason;
  }
}
