package org.fairspark.failure;

/** An archive, or a member of one, that is not what its name says: reading again will not help. */
public final class BrokenArchiveException extends RuntimeException {
  private final String reason;

  public BrokenArchiveException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A word in upper case for the quarantine. */
  public String reason() {
    return reason;
  }
}
