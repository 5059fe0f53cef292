package org.fairspark.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.failure.ExitStatus;

/**
 * The end of a job: a record of the job's own, from whose fields both the lines for people and the
 * values for programs are made.
 */
public interface JobResult {
  /** Returns what the exit code says. */
  default ExitStatus status() {
    return ExitStatus.DONE;
  }

  /** Returns human-readable lines: one per category, then which file to open. */
  List<String> summary();

  /**
   * Returns what lies below {@code output.root} now and what to do next, such as {@code "models/;
   * next: evaluate"}; empty where the summary says enough.
   */
  default Optional<String> next() {
    return Optional.empty();
  }

  /**
   * Returns the result for a program, as plain values that JSON can hold; what {@code --json}
   * prints beside status and summary.
   */
  default Map<String, Object> details() {
    return Map.of();
  }
}
