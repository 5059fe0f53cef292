package org.fairspark.runtime;

import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.spark.MemoryPlan;

/**
 * A command: the plan of its work, and the work. A job has a constructor without arguments and
 * holds no state; {@link JobRunner} does around it what all jobs have in common: the check of
 * memory, the dry run, the lock of the output root, the cleaning of what a killed run left, the
 * summary and the exit code.
 *
 * @param <P> the plan
 * @param <R> the result: a record of the job's own, from whose fields its lines are made
 */
public interface Job<P extends JobPlan, R extends JobResult> {
  /**
   * Looks at settings, data and output, and says what would be done; nothing is written.
   *
   * @throws org.fairspark.config.ConfigException if the configuration does not fit the job
   * @throws org.fairspark.failure.FairException if the work cannot be done
   */
  P plan(JobContext context) throws Exception;

  /**
   * Does what was planned. The output root is this run's: {@link JobContext#lock()} is held.
   *
   * @throws org.fairspark.failure.FairException for a failure that its reader can act on
   */
  R execute(JobContext context, P plan) throws Exception;

  /**
   * Returns the memory that executors are to get for this job, asked before there are any. Jobs
   * that say nothing get what training and detecting take.
   */
  default MemoryPlan memory(FairConfig config, SparkConf conf) {
    return MemoryPlan.ofTraining(config, conf)
        .and(
            MemoryPlan.ofDetecting(
                config, config.detectionMethod(), config.evaluation().engine(), conf));
  }

  /** Plans and executes; a dry run only plans. Its plan or the job's result is to be told. */
  default JobResult run(JobContext context) throws Exception {
    return JobRunner.perform(this, context);
  }
}
