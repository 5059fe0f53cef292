package org.fairspark.job.train;

import org.apache.spark.util.LongAccumulator;
import org.fairspark.dataset.Split;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.store.table.PreparedTables;

/**
 * A step that trains a category's network in one Spark task even where it has the cluster to
 * itself: one that learns from another network's output.
 */
public interface OneTaskStep extends TrainingStep {
  @Override
  default StepResult run(TrainingRun run, String category) throws Exception {
    JobContext context = run.context();
    long total =
        PreparedTables.rows(run.images(), context.config(), Split.TRAIN).get(category)
            * context.config().training().epochs();
    LongAccumulator seen = context.spark().sparkContext().longAccumulator("training samples seen");
    try (Progress progress = context.progress(verb() + " " + category, total, "samples")) {
      progress.follow(seen::value);
      return runInOneTask(run, category, seen, progress::skip);
    }
  }
}
