package org.fairspark.job.train;

import java.util.function.LongConsumer;
import org.apache.spark.util.LongAccumulator;

/** A step that trains one network, and needs nothing beside its training for that. */
public interface CategoryStep extends TrainingStep {
  /** Returns the training of a category. */
  CategoryTraining training(TrainingRun run, String category);

  @Override
  default String verb() {
    return "train";
  }

  @Override
  default TrainingState state(TrainingRun run, String category) throws Exception {
    return training(run, category).state();
  }

  @Override
  default StepResult run(TrainingRun run, String category) throws Exception {
    return training(run, category).run();
  }

  @Override
  default StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    return training(run, category).runInOneTask(seen, skipped);
  }
}
