package org.fairspark.job.train;

import java.util.function.LongConsumer;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.runtime.JobContext;

/**
 * The training of one of a method's networks, or of whatever else it learns in a pass of its own.
 */
public interface TrainingStep {
  /**
   * Refuses settings and files that the step could not begin with; asked before any stage works.
   *
   * @throws org.fairspark.failure.FairException saying what is wrong
   */
  default void check(JobContext context) {}

  /** Returns the word that the step is told by, before the category's name, such as train. */
  String verb();

  /**
   * Looks at what is there of a category; nothing is written. Asked of all categories before
   * anything is done for one of them.
   *
   * @throws org.fairspark.failure.FairException if that is of other settings or data
   */
  TrainingState state(TrainingRun run, String category) throws Exception;

  /** Trains, goes on with, or finds what a category needs, with all executors. */
  StepResult run(TrainingRun run, String category) throws Exception;

  /**
   * Does the same in one Spark task; other trainings may run beside it.
   *
   * @param seen counts samples
   * @param skipped told of samples seen in earlier runs
   */
  StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception;
}
