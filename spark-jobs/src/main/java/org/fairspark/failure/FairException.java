package org.fairspark.failure;

import java.util.Objects;

/**
 * A failure that its reader can do something about: what is wrong, where, and what to do. The
 * message holds all three, a line each, so that a log or a notebook shows them as a terminal does.
 */
public final class FairException extends RuntimeException {
  private final ExitStatus status;
  private final String what;
  private final String where;
  private final String remedy;

  private FairException(
      ExitStatus status, String what, String where, String remedy, Throwable cause) {
    super(what + "\n  where: " + where + "\n  what to do: " + remedy, cause);
    this.status = status;
    this.what = Objects.requireNonNull(what, "what");
    this.where = Objects.requireNonNull(where, "where");
    this.remedy = Objects.requireNonNull(remedy, "remedy");
  }

  /** Returns a failure of work that had begun (exit code 1); the cause may be null. */
  public static FairException failed(String what, String where, String remedy, Throwable cause) {
    return new FairException(ExitStatus.FAILED, what, where, remedy, cause);
  }

  /** Returns a failure of work that had begun (exit code 1). */
  public static FairException failed(String what, String where, String remedy) {
    return failed(what, where, remedy, null);
  }

  /** Returns a refusal: nothing was started, nothing was written (exit code 2). */
  public static FairException refused(String what, String where, String remedy, Throwable cause) {
    return new FairException(ExitStatus.WRONG_USAGE, what, where, remedy, cause);
  }

  /** Returns a refusal: nothing was started, nothing was written (exit code 2). */
  public static FairException refused(String what, String where, String remedy) {
    return refused(what, where, remedy, null);
  }

  /** Returns how a command that fails with this ends. */
  public ExitStatus status() {
    return status;
  }

  /** Returns what is wrong, in one sentence. */
  public String what() {
    return what;
  }

  /** Returns the file, category or stage at fault. */
  public String where() {
    return where;
  }

  /** Returns what to do about it. */
  public String remedy() {
    return remedy;
  }
}
