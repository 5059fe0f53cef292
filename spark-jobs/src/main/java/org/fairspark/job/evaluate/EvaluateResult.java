package org.fairspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.metrics.EvaluationResults;

/**
 * The result of {@code evaluate}: what {@code metrics/metrics.json} holds.
 *
 * @param results measured now, or before where all was up to date
 * @param notes what a reader of the numbers must know of the images, a line each
 */
public record EvaluateResult(EvaluationResults results, List<String> notes) implements JobResult {
  public EvaluateResult {
    notes = List.copyOf(notes);
  }

  /** Returns whether categories had to be left out. */
  @Override
  public ExitStatus status() {
    return results.leftOut().isEmpty() ? ExitStatus.DONE : ExitStatus.TOO_MANY_BAD_RECORDS;
  }

  @Override
  public Optional<String> next() {
    return Optional.of("maps/ and metrics/; next: report");
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>(results.lines());
    lines.addAll(notes);
    return lines;
  }
}
