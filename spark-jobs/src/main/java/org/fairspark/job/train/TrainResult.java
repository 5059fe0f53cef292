package org.fairspark.job.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.runtime.JobResult;

/**
 * The result of {@code train}.
 *
 * @param steps of every category, in the order in which they were done
 */
public record TrainResult(List<StepResult> steps) implements JobResult {
  public TrainResult {
    steps = List.copyOf(steps);
  }

  @Override
  public Optional<String> next() {
    return Optional.of(
        "models/; next: evaluate with the same settings, or score for images without labels");
  }

  @Override
  public List<String> summary() {
    return steps.stream().flatMap(step -> step.lines().stream()).toList();
  }

  @Override
  public Map<String, Object> details() {
    return Map.of("networks", steps.stream().map(StepResult::details).toList());
  }
}
