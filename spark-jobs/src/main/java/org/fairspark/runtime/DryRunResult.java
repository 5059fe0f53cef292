package org.fairspark.runtime;

import java.util.List;

/**
 * The result of a dry run.
 *
 * @param summary the lines of the job's plan
 */
record DryRunResult(List<String> summary) implements JobResult {
  DryRunResult {
    summary = List.copyOf(summary);
  }
}
