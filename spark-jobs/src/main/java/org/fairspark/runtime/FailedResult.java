package org.fairspark.runtime;

import java.util.List;
import java.util.Map;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;

/** The result of a job that failed; what went wrong was told already, on standard error. */
record FailedResult(FairException failure) implements JobResult {
  @Override
  public ExitStatus status() {
    return failure.status();
  }

  @Override
  public List<String> summary() {
    return List.of();
  }

  @Override
  public Map<String, Object> details() {
    return Map.of("error", failure.what());
  }
}
