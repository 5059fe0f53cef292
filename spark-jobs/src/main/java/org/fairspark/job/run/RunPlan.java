package org.fairspark.job.run;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.runtime.JobPlan;

/**
 * The work of {@code run}: the plans of its stages.
 *
 * @param stages in the order in which they are executed
 */
record RunPlan(List<RunStage<?>> stages) implements JobPlan {
  RunPlan {
    stages = List.copyOf(stages);
  }

  @Override
  public List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>();
    for (RunStage<?> stage : stages) {
      lines.add(stage.name());
      stage.plan().lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }
}
