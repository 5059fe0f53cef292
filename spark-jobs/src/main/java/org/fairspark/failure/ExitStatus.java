package org.fairspark.failure;

/** The ways in which a command ends, with the exit code of each. */
public enum ExitStatus {
  /** The command did what it was asked for. */
  DONE(0),
  /** The command failed while it worked; what it had finished is kept. */
  FAILED(1),
  /** Wrong usage or configuration: nothing was started, nothing was written. */
  WRONG_USAGE(2),
  /** Done, but more records were bad than {@code bad-records.max-ratio} allows. */
  TOO_MANY_BAD_RECORDS(3);

  private final int exitCode;

  ExitStatus(int exitCode) {
    this.exitCode = exitCode;
  }

  /**
   * Returns whether a command is done, or done with more bad records than allowed.
   *
   * @param bad records that could not be read
   * @param all records that were met, bad ones included
   * @param maxRatio {@code bad-records.max-ratio}
   */
  public static ExitStatus withBadRecords(long bad, long all, double maxRatio) {
    return bad > maxRatio * all ? TOO_MANY_BAD_RECORDS : DONE;
  }

  /** Returns the exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
