package org.fairspark.failure;

import java.util.Objects;
import org.fairspark.runtime.JobResult;

/** A failure that a person can do something about, told in three lines. */
public final class FairException extends RuntimeException {
  private final JobResult.Status status;
  private final String where;
  private final String whatToDo;

  private FairException(
      JobResult.Status status, String what, String where, String whatToDo, Throwable cause) {
    super(Objects.requireNonNull(what, "what"), cause);
    this.status = status;
    this.where = Objects.requireNonNull(where, "where");
    this.whatToDo = Objects.requireNonNull(whatToDo, "whatToDo");
  }

  /** The job failed while it worked (exit code 1); the cause may be null. */
  public static FairException failed(String what, String where, String whatToDo, Throwable cause) {
    return new FairException(JobResult.Status.FAILED, what, where, whatToDo, cause);
  }

  /** Nothing was started, nothing was written: what was asked for cannot be done (exit code 2). */
  public static FairException refused(String what, String where, String whatToDo) {
    return new FairException(JobResult.Status.WRONG_USAGE, what, where, whatToDo, null);
  }

  public JobResult.Status status() {
    return status;
  }

  /** The file, category or stage at fault. */
  public String where() {
    return where;
  }

  public String whatToDo() {
    return whatToDo;
  }
}
