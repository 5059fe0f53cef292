package org.fairspark.job.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.failure.FairException;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;

/**
 * Makes a small factory data set and runs the whole method on it; nothing is downloaded.
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
public final class DemoJob implements Job {
  /** Written last: data without it is made again. */
  private static final String COMPLETE = "_demo_complete";

  @Override
  public JobResult run(JobContext context) throws Exception {
    FairConfig config = context.config();
    if (config.output().root().matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      throw FairException.refused(
          "the demo makes its pictures on a local disk",
          "output.root = " + config.output().root(),
          "give a local folder, for example --set output.root=/tmp/fair-demo");
    }
    Path data = Path.of(config.output().root()).toAbsolutePath().normalize().resolve("data");
    FairConfig own =
        config.with(
            Map.of(
                "data.root", data.resolve("factory").toString(),
                "corruption.textures", data.resolve("textures").toString(),
                "output.root", data.getParent().toString()));
    if (context.dryRun()) {
      return JobResult.done(
          "would make about 150 pictures under " + data, "and run the method on them: see run");
    }
    Path complete = data.resolve(COMPLETE);
    if (!Files.exists(complete)) {
      context.terminal().info("making a small factory data set in " + data);
      DemoDataset.Written written = DemoDataset.write(data, config.seed());
      context
          .terminal()
          .info(
              "%d pictures of %s"
                  .formatted(written.images(), String.join(" and ", written.categories())));
      Files.writeString(complete, "");
    }
    return new RunJob().run(context.with("run", own));
  }
}
