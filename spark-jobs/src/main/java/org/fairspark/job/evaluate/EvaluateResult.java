package org.fairspark.job.evaluate;

import java.util.List;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.metrics.EvaluationResults;

/**
 * The result of {@code evaluate}: what {@code metrics/metrics.json} holds.
 *
 * @param results measured now, or before where all was up to date
 */
public record EvaluateResult(EvaluationResults results) implements JobResult {
  @Override
  public List<String> summary() {
    return results.lines();
  }
}
