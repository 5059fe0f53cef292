package org.fairspark.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairspark.failure.ExitStatus;

/**
 * The end of a job.
 *
 * @param status what the exit code says
 * @param summary human-readable lines: one per category, then which file to open
 * @param details the same for a program, plain values that JSON can hold; what {@code --json}
 *     prints
 */
public record JobResult(ExitStatus status, List<String> summary, Map<String, Object> details) {

  public JobResult {
    Objects.requireNonNull(status, "status");
    summary = List.copyOf(summary);
    details = new LinkedHashMap<>(details);
  }

  public static JobResult done(String... summary) {
    return done(List.of(summary));
  }

  public static JobResult done(List<String> summary) {
    return new JobResult(ExitStatus.DONE, summary, Map.of());
  }

  /**
   * Returns done, or done with more bad records than allowed.
   *
   * @param bad records that could not be read
   * @param all records that were met, bad ones included
   * @param maxRatio {@code bad-records.max-ratio}
   */
  public static JobResult withBadRecords(
      List<String> summary, long bad, long all, double maxRatio) {
    boolean tooMany = bad > maxRatio * all;
    return new JobResult(
        tooMany ? ExitStatus.TOO_MANY_BAD_RECORDS : ExitStatus.DONE, summary, Map.of());
  }

  public JobResult withDetails(Map<String, Object> more) {
    return new JobResult(status, summary, more);
  }
}
