package org.fairspark.job.run;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.job.evaluate.EvaluateResult;
import org.fairspark.job.prepare.PrepareResult;
import org.fairspark.job.report.ReportResult;
import org.fairspark.job.train.TrainResult;
import org.fairspark.runtime.JobPlan;

/** The work of {@code run}: the plans of its stages, in the order in which they are executed. */
record RunPlan(
    RunStage<?, PrepareResult> prepare,
    RunStage<?, TrainResult> train,
    RunStage<?, EvaluateResult> evaluate,
    RunStage<?, ReportResult> report)
    implements JobPlan {

  @Override
  public List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>();
    for (RunStage<?, ?> stage : List.of(prepare, train, evaluate, report)) {
      lines.add(stage.name());
      stage.plan().lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }
}
