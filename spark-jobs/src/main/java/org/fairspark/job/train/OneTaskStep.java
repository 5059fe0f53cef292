package org.fairspark.job.train;

import org.apache.spark.util.LongAccumulator;
import org.fairspark.calibration.HeldOut;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;

/**
 * A step that trains a category's network in one Spark task even where it has the cluster to
 * itself: one that learns from another network's output.
 */
public interface OneTaskStep extends TrainingStep {
  /** Returns the images that it is not trained on, since thresholds are set by them. */
  default HeldOut heldOut(TrainingRun run, String category) {
    JobContext context = run.context();
    return CategoryRows.heldOut(context.spark(), category, run.images(), context.config());
  }

  @Override
  default StepResult run(TrainingRun run, String category) throws Exception {
    JobContext context = run.context();
    int images =
        CategoryRows.trainedOn(context.spark(), category, run.images(), heldOut(run, category))
            .size();
    long total = (long) images * context.config().training().epochs();
    LongAccumulator seen = context.spark().sparkContext().longAccumulator("training samples seen");
    try (Progress progress = context.progress(verb() + " " + category, total, "samples")) {
      progress.follow(seen::value);
      return runInOneTask(run, category, seen, progress::skip);
    }
  }
}
