package org.fairspark.job.score;

import java.util.List;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;

/**
 * Scores unlabelled images with trained models: which are suspicious, how much, and where.
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
public final class ScoreJob implements Job {
  @Override
  public JobResult run(JobContext context) throws Exception {
    ScoreRun run = ScoreRun.prepare(context);
    if (context.dryRun()) {
      List<String> plan = run.plan();
      return JobResult.done(plan);
    }
    return run.run();
  }
}
