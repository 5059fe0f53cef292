package org.fairspark.job.score;

import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.MemoryPlan;

/**
 * The job {@code score}: scores unlabelled images with trained models: which are suspicious, how
 * much, and where.
 *
 * <h2>Input</h2>
 *
 * Images under {@code data.root} in any folders, also inside tar, zip and Hadoop sequence files,
 * and the models under {@code score.model}.
 *
 * <h2>Output</h2>
 *
 * {@code scores/} (Parquet, see {@link org.fairspark.store.table.ScoresTable}), {@code
 * suspicious.csv}, {@code unreadable.csv}, {@code removed.csv}, and {@code overlays/CATEGORY/} with
 * the heat maps of the highest scores. Work is committed in batches: the same command after a kill,
 * or the next night, does what is left.
 *
 * <h2>Example</h2>
 *
 * <pre>
 * ./submit.sh score --set data.root=/archive --set score.model=/data/out/models \
 *   --set output.root=/data/night
 * </pre>
 */
public final class ScoreJob implements Job<ScoreRun, ScoreResult> {
  private final int small;

  public ScoreJob() {
    this(ScorePlan.SMALL);
  }

  /**
   * Makes a job.
   *
   * @param small the most images that are planned and summed up on the driver
   */
  ScoreJob(int small) {
    this.small = small;
  }

  @Override
  public ScoreRun plan(JobContext context) {
    return ScoreRun.prepare(context, small);
  }

  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    return ScoringModels.memory(config, conf);
  }

  @Override
  public ScoreResult execute(JobContext context, ScoreRun run) throws Exception {
    return run.execute(context);
  }
}
