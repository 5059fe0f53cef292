package org.fairspark.failure;

import java.util.Optional;

/** The ways in which a command ends, with the exit code of each. */
public enum ExitStatus {
  /** The command did what it was asked for. */
  DONE(0, "done"),
  /** The command failed while it worked; what it had finished is kept. */
  FAILED(1, "failed"),
  /** Wrong usage or configuration: nothing was started, nothing was written. */
  WRONG_USAGE(2, "wrong usage or configuration, nothing was started"),
  /**
   * Done, but more records were bad than {@code bad-records.max-ratio} allows, or a category was
   * left out since none of its training images could be used.
   */
  TOO_MANY_BAD_RECORDS(3, "done, but more bad records than allowed");

  private final int exitCode;
  private final String meaning;

  ExitStatus(int exitCode, String meaning) {
    this.exitCode = exitCode;
    this.meaning = meaning;
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

  /** Returns a line that says why {@link #withBadRecords} is not {@link #DONE}, if it is not. */
  public static Optional<String> whyTooMany(long bad, long all, double maxRatio) {
    return withBadRecords(bad, all, maxRatio) == DONE
        ? Optional.empty()
        : Optional.of(
            "%d of %d could not be used, more than bad-records.max-ratio = %s allows: exit code %d"
                .formatted(bad, all, maxRatio, TOO_MANY_BAD_RECORDS.exitCode));
  }

  /** Returns the exit code of the process. */
  public int exitCode() {
    return exitCode;
  }

  /** Returns the exit code's meaning in a few words, for help. */
  public String meaning() {
    return meaning;
  }
}
