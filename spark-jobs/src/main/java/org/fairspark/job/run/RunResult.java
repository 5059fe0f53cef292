package org.fairspark.job.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.failure.ExitStatus;
import org.fairspark.job.evaluate.EvaluateResult;
import org.fairspark.job.prepare.PrepareResult;
import org.fairspark.job.report.ReportResult;
import org.fairspark.job.train.TrainResult;
import org.fairspark.runtime.JobResult;

/**
 * The result of {@code run}: those of its stages.
 *
 * @param prepared images and samples
 * @param trained models
 * @param evaluated maps and metrics
 * @param reported the page
 * @param durations wall-clock time by stage, in order
 */
public record RunResult(
    PrepareResult prepared,
    TrainResult trained,
    EvaluateResult evaluated,
    ReportResult reported,
    Map<String, Duration> durations)
    implements JobResult {

  public RunResult {
    durations = Collections.unmodifiableMap(new LinkedHashMap<>(durations));
  }

  /** Returns how preparing and evaluating ended: the other stages are done or fail. */
  @Override
  public ExitStatus status() {
    return prepared.status() == ExitStatus.DONE ? evaluated.status() : prepared.status();
  }

  /** Returns the metrics and where the page is; the stages before have told theirs meanwhile. */
  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>(evaluated.summary());
    lines.addAll(reported.summary());
    return lines;
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    durations.forEach((stage, took) -> seconds.put(stage, took.toMillis() / 1000.0));
    return Map.of("stages", seconds);
  }
}
