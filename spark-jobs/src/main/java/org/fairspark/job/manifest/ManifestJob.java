package org.fairspark.job.manifest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.DatasetReader;
import org.fairspark.dataset.ImageListing;
import org.fairspark.dataset.ManifestWriter;
import org.fairspark.failure.FairException;
import org.fairspark.files.RawFiles;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobPlan;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.JobRunner;

/**
 * The job {@code manifest}: lists the images of a data set and writes them as a table, CSV with a
 * line for each image.
 *
 * <h2>Input</h2>
 *
 * Images under {@code data.root}, of which none is opened.
 *
 * <h2>Output</h2>
 *
 * The file {@code manifest.to}, or standard output. Nothing is written below {@code output.root}.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh manifest --layout folder --set data.root=/data/parts --to parts.csv</pre>
 */
public final class ManifestJob implements Job<ManifestJob.Plan, ManifestJob.Result> {

  /**
   * The listing to write.
   *
   * @param to the file, or nothing for standard output
   */
  record Plan(ImageListing listing, Optional<String> to) implements JobPlan {
    @Override
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("data     " + listing.root());
      lines.addAll(listing.files().lines());
      lines.addAll(listing.notes());
      lines.add(
          "would write %d lines to %s"
              .formatted(listing.entries().size() + 1, to.orElse("standard output")));
      return lines;
    }
  }

  /**
   * What was written.
   *
   * @param summary the table itself where no file was asked for, else a line that names the file;
   *     of a dry run its plan
   */
  record Result(List<String> summary) implements JobResult {}

  @Override
  public Plan plan(JobContext context) throws Exception {
    FairConfig config = context.config();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    return context.step(
        "list " + config.data().root(),
        () -> new Plan(new DatasetReader(spark).list(config.data()), config.manifest().to()));
  }

  @Override
  public Result execute(JobContext context, Plan plan) throws IOException {
    plan.listing().notes().forEach(context.terminal()::info);
    List<String> lines = ManifestWriter.lines(plan.listing());
    if (plan.to().isEmpty()) {
      return new Result(lines);
    }
    Path file = new Path(plan.to().get());
    try (OutputStream out = RawFiles.of(context.hadoop(), file).create(file, true)) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw FairException.failed(
          "the table of images cannot be written: " + e.getMessage(),
          file.toString(),
          "give a file that this user may write: --to FILE",
          e);
    }
    return new Result(List.of("%d images: %s".formatted(plan.listing().entries().size(), file)));
  }

  /** Writes without locking the output root, of which nothing is needed. */
  @Override
  public JobResult run(JobContext context) throws Exception {
    Plan plan = JobRunner.plan(this, context);
    return context.dryRun() ? new Result(plan.lines()) : execute(context, plan);
  }
}
