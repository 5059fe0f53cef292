package org.fairspark.job.manifest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.DataLayout;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.DatasetReader;
import org.fairspark.dataset.DraftTable;
import org.fairspark.dataset.FileAccount;
import org.fairspark.dataset.ImageListing;
import org.fairspark.dataset.ManifestWriter;
import org.fairspark.failure.ExitStatus;
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
 * Images under {@code data.root}, of which none is opened; masks are, where they alone say what an
 * image shows. A tree that {@code data.layout} does not understand gives a table to be filled in.
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
  /** The layouts that take any folder for a category or a kind of defect. */
  private static final Set<DataLayout> OF_FOLDERS = EnumSet.of(DataLayout.MVTEC, DataLayout.FOLDER);

  /**
   * The table to write.
   *
   * @param root the data root
   * @param table its lines, the names of the columns first
   * @param files account of all files below the root
   * @param notes what the user should know, one sentence each
   * @param to the file, or nothing for standard output
   */
  record Plan(
      String root, List<String> table, FileAccount files, List<String> notes, Optional<String> to)
      implements JobPlan {
    static Plan of(ImageListing listing, Optional<String> to) {
      return new Plan(
          listing.root(), ManifestWriter.lines(listing), listing.files(), listing.notes(), to);
    }

    /** Returns the plan for a tree that the layout does not understand. */
    static Plan of(DraftTable draft, FairException why, Optional<String> to) {
      List<String> notes = new ArrayList<>();
      notes.add("the folders do not tell all: " + why.what());
      notes.add("to read them without a table: " + why.remedy().replace(DatasetReader.TABLE, ""));
      notes.add(
          draft.open() == 0
              ? "the table has all %d images as folders and masks were understood; edit what is meant otherwise"
                  .formatted(draft.images())
              : "so all %d images are in the table, what they show as far as folders tell it: %d have neither"
                      .formatted(draft.images(), draft.open())
                  + " label nor defect, and are left out until one is filled in (good, or a kind of"
                  + " defect)");
      notes.addAll(draft.notes());
      return new Plan(draft.root(), draft.lines(), draft.files(), notes, to);
    }

    int images() {
      return table.size() - 1;
    }

    @Override
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("data     " + root);
      lines.addAll(files.lines());
      lines.addAll(notes);
      lines.add("would write %d lines to %s".formatted(table.size(), to.orElse("standard output")));
      return lines;
    }
  }

  /**
   * The result of the job.
   *
   * @param summary the table itself where no file was asked for, else a line that names the file;
   *     of a dry run its plan
   */
  record Result(List<String> summary) implements JobResult {}

  @Override
  public Plan plan(JobContext context) throws Exception {
    FairConfig config = context.config();
    DatasetReader reader =
        new DatasetReader(
            context.hadoop(),
            () -> JavaSparkContext.fromSparkContext(context.spark().sparkContext()));
    return plan(reader, config);
  }

  private static Plan plan(DatasetReader reader, FairConfig config) {
    Optional<String> to = config.manifest().to();
    try {
      ImageListing listing = reader.list(config.data());
      if (OF_FOLDERS.contains(listing.layout())) {
        // Without good images, the names of folders alone do not tell what they hold.
        listing.requireTraining();
      }
      return Plan.of(listing, to);
    } catch (FairException e) {
      if (e.status() != ExitStatus.WRONG_USAGE || config.data().layout() == DataLayout.MANIFEST) {
        throw e;
      }
      return Plan.of(reader.draft(config.data()), e, to);
    }
  }

  @Override
  public Result execute(JobContext context, Plan plan) throws IOException {
    plan.files().lines().forEach(context.terminal()::info);
    plan.notes().forEach(context.terminal()::info);
    List<String> lines = plan.table();
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
    return new Result(List.of("%d images: %s".formatted(plan.images(), file)));
  }

  /** Writes without locking the output root, of which nothing is needed. */
  @Override
  public JobResult run(JobContext context) throws Exception {
    Plan plan = JobRunner.plan(this, context);
    return context.dryRun() ? new Result(plan.lines()) : execute(context, plan);
  }
}
