package org.fairspark.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairspark.failure.ExitStatus;

/** A result that is only told: a dry run's plan, a failure, or the lines of a job's summary. */
public record JobSummary(ExitStatus status, List<String> summary, Map<String, Object> details)
    implements JobResult {

  public JobSummary {
    Objects.requireNonNull(status, "status");
    summary = List.copyOf(summary);
    details = new LinkedHashMap<>(details);
  }

  public static JobSummary done(String... summary) {
    return done(List.of(summary));
  }

  public static JobSummary done(List<String> summary) {
    return new JobSummary(ExitStatus.DONE, summary, Map.of());
  }

  public JobSummary withDetails(Map<String, Object> more) {
    return new JobSummary(status, summary, more);
  }
}
