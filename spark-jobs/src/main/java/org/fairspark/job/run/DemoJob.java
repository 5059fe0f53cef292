package org.fairspark.job.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.failure.FairException;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobPlan;
import org.fairspark.runtime.JobRunner;
import org.fairspark.spark.MemoryPlan;

/**
 * The job {@code demo}: makes a small factory data set and runs the whole method on it; nothing is
 * downloaded.
 *
 * <h2>Output</h2>
 *
 * Under {@code output.root}: {@code data/} (pictures, masks and textures in the layout of MVTec AD)
 * and all that {@code run} writes.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh demo</pre>
 */
public final class DemoJob implements Job<DemoJob.Plan, RunResult> {
  /** Written last: data without it is made again. */
  private static final String COMPLETE = "_demo_complete";

  private final RunJob run = new RunJob();

  /**
   * The pictures to make, and the run on them.
   *
   * @param data the folder of the pictures
   * @param config of the run
   */
  record Plan(Path data, FairConfig config) implements JobPlan {
    @Override
    public List<String> lines() {
      return List.of(
          "would make about 150 pictures under " + data, "and run the method on them: see run");
    }
  }

  @Override
  public Plan plan(JobContext context) {
    FairConfig config = context.config();
    if (config.output().root().matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      throw FairException.refused(
          "the demo makes its pictures on a local disk",
          "output.root = " + config.output().root(),
          "give a local folder, for example --set output.root=/tmp/fair-demo");
    }
    Path data = Path.of(config.output().root()).toAbsolutePath().normalize().resolve("data");
    return new Plan(
        data,
        config.with(
            Map.of(
                "data.root", data.resolve("factory").toString(),
                "corruption.textures", data.resolve("textures").toString(),
                "output.root", data.getParent().toString())));
  }

  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    return run.memory(config, conf);
  }

  @Override
  public RunResult execute(JobContext context, Plan plan) throws Exception {
    Path complete = plan.data().resolve(COMPLETE);
    if (!Files.exists(complete)) {
      context.terminal().info("making a small factory data set in " + plan.data());
      DemoDataset.Written written = DemoDataset.write(plan.data(), plan.config().seed());
      context
          .terminal()
          .info(
              "%d pictures of %s"
                  .formatted(written.images(), String.join(" and ", written.categories())));
      Files.writeString(complete, "");
    }
    return JobRunner.execute(run, context.with("run", plan.config()));
  }
}
