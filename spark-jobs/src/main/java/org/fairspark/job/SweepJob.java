package org.fairspark.job;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.config.FairConfig;
import org.fairspark.job.sweep.SweepPlan;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.job.sweep.SweepResults;
import org.fairspark.table.OutputLock;
import org.fairspark.table.OutputRoot;

/**
 * Runs every combination of a grid of settings, as often as asked for, and compares them. Cells run
 * one after another, each on all executors; what they have in common is made once: images, samples,
 * models.
 *
 * <h2>Input</h2>
 *
 * Images under {@code data.root}; {@code sweep.grid} or {@code sweep.cells}.
 *
 * <h2>Output</h2>
 *
 * Under {@code output.root}: {@code shared/} (tables and models), {@code cells/CELL/REPETITION/}
 * (maps, metrics and a manifest each), {@code sweep.csv}, {@code sweep.json} and {@code
 * report/index.html}. A finished cell is recorded at once; the same command goes on where it was
 * interrupted and repeats none.
 *
 * <h2>Example</h2>
 *
 * <pre>
 * ./submit.sh sweep --conf data/mvtec.conf --conf sweeps/filters.conf --set data.root=/data/mvtec_ad
 * </pre>
 */
public final class SweepJob implements Job {
  @Override
  public JobResult run(JobContext context) throws Exception {
    SweepPlan plan = SweepPlan.of(context.config());
    if (context.dryRun()) {
      return JobResult.done(plan.lines());
    }
    OutputRoot root = context.root();
    Instant began = Instant.now();
    SweepResults results = new SweepResults(root, plan);
    try (OutputLock lock = context.lock(root)) {
      Map<Trial, String> failed = new LinkedHashMap<>();
      Set<Trial> open = new LinkedHashSet<>(plan.trials());
      open.removeIf(results::isDone);
      int already = plan.trials().size() - open.size();
      if (already > 0) {
        context
            .terminal()
            .info("%d of %d runs are done already".formatted(already, plan.trials().size()));
      }
      int number = already;
      for (Trial trial : open) {
        lock.requireHeld();
        context
            .terminal()
            .info("run %d of %d: %s".formatted(++number, plan.trials().size(), trial.describe()));
        try {
          runTrial(context, root, trial, results);
        } catch (IOException | RuntimeException e) {
          // The others go on; what is missing is told at the end and by the exit code.
          String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
          context.terminal().warn(trial.describe() + " failed: " + why);
          failed.put(trial, why);
        }
      }
      results.write(context, began, failed);
      List<String> lines = new ArrayList<>(results.leaderboard(failed));
      lines.add("report: " + results.reportPath());
      return failed.isEmpty()
          ? JobResult.done(lines)
          : new JobResult(JobResult.Status.FAILED, lines, Map.of("failed", failed.size()));
    }
  }

  private static void runTrial(
      JobContext context, OutputRoot root, Trial trial, SweepResults results) throws Exception {
    FairConfig config = trial.config();
    OutputRoot own = trial.root(root, context.hadoop());
    Instant start = Instant.now();
    new PrepareJob().run(context.with("prepare", config, own));
    new TrainJob().run(context.with("train", config, own));
    new EvaluateJob().run(context.with("evaluate", config, own));
    RunManifest.write(own, context.with("run", config, own), start, Map.of());
    results.record(trial, own, start);
  }
}
