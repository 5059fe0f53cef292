package org.fairspark.job.prepare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.SparkMetrics;
import org.fairspark.store.table.ImageCoverage;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.QuarantineTable;
import org.fairspark.store.table.QuarantineTable.BadFile;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableWriter;

/**
 * {@code prepare}: from image files to {@code images/} (clean, resized, with masks) and {@code
 * samples/} (corrupted and filtered training inputs).
 *
 * <p>Input: {@code data.root} in the layout {@code data.layout}. Output: {@code images/}, {@code
 * samples/}, and {@code quarantine/} with what could not be used. A run with nothing new to do does
 * nothing; an output of another configuration or of other images is refused.
 *
 * <p>Example: {@code ./submit.sh prepare --set data.root=/data/mvtec_ad --set output.root=out}
 */
public final class PrepareJob implements Job<PreparePlan, PrepareResult> {
  /** Tasks per core, where there is work enough, so that no core idles long at the end. */
  private static final int TASKS_PER_CORE = 3;

  private final OptionalInt givenParts;
  private final Optional<SharedCorruptions> shared;

  public PrepareJob() {
    this(OptionalInt.empty(), Optional.empty());
  }

  /**
   * Makes a job.
   *
   * @param parts how many tasks to make at least, if not as many as fit the cores
   * @param shared corrupted images that jobs with other filters use too, if any do
   */
  public PrepareJob(OptionalInt parts, Optional<SharedCorruptions> shared) {
    this.givenParts = parts;
    this.shared = shared;
  }

  @Override
  public PreparePlan plan(JobContext context) throws Exception {
    return context.step(
        "list " + context.config().data().root(),
        () ->
            PreparePlan.make(
                context.lazySpark(),
                context.config(),
                context.root(),
                parts(context.lazySpark().shape())));
  }

  private int parts(ClusterShape shape) {
    return givenParts.orElse(TASKS_PER_CORE * shape.cores());
  }

  @Override
  public PrepareResult execute(JobContext context, PreparePlan plan) throws Exception {
    plan.dataLines().forEach(context.terminal()::info);
    // Looked at again, now that no other run can make them.
    Optional<Table> imagesTable = plan.imagesTable();
    Optional<Table> samplesTable = plan.samplesTable();
    if (imagesTable.isPresent() && samplesTable.isPresent()) {
      context.terminal().info("images/ and samples/ are up to date, nothing to do");
    }
    TableWriter writer = context.tables();
    Table images = imagesTable.isPresent() ? imagesTable.get() : makeImages(context, plan, writer);
    requireOneToTrain(context, images);
    if (imagesTable.isEmpty()) {
      tellCoverage(context, images);
    }
    Table samples =
        samplesTable.isPresent() ? samplesTable.get() : makeSamples(context, plan, images, writer);
    return result(context, plan, images, samples);
  }

  private static void requireOneToTrain(JobContext context, Table images) {
    PreparedImages prepared = PreparedImages.of(images.manifest());
    if (prepared.categories().values().stream().allMatch(counts -> counts.train() == 0)) {
      throw FairException.failed(
          "none of the training images could be used %s".formatted(prepared.reasons()),
          context.config().data().root(),
          "see each file's reason in " + context.root().path(QuarantineTable.SPEC.name()));
    }
  }

  private Table makeImages(JobContext context, PreparePlan plan, TableWriter writer)
      throws Exception {
    int count = plan.listing().entries().size();
    return context.step(
        "decode and resize %d images".formatted(count),
        () -> {
          BitDepths depths = BitDepths.of(context.config().image(), plan.listing());
          ImagesStage.Result result = decode(context, plan, depths, writer);
          Optional<BitDepths> found = depths.foundIn(result.facts());
          if (found.isPresent()) {
            found.get().lines().forEach(context.terminal()::info);
            result.rows().discard();
            depths = found.get();
            result = decode(context, plan, depths, writer);
          }
          SparkMetrics.quarantined(result.bad().size());
          List<Row> bad = result.bad().stream().map(BadFile::toRow).toList();
          // The quarantine first: where images/ is, its quarantine is too.
          writer
              .stage(
                  QuarantineTable.SPEC,
                  context.spark().createDataFrame(bad, QuarantineTable.schema()).coalesce(1))
              .commit(plan.images(), Map.of());
          DataNotes notes = DataNotes.of(plan.listing().counts().keySet(), result.facts());
          return result
              .rows()
              .commit(
                  plan.images(),
                  PreparedImages.of(plan.listing(), result.bad(), depths, notes).toDetails());
        });
  }

  private ImagesStage.Result decode(
      JobContext context, PreparePlan plan, BitDepths depths, TableWriter writer) throws Exception {
    int count = plan.listing().entries().size();
    MaskCoding coding = MaskCoding.of(plan.listing().layout());
    ImagesStage stage =
        new ImagesStage(context.spark(), coding, context.config().image(), plan.parts());
    try (Progress progress = context.progress("decode and resize", count, "images")) {
      return stage.run(plan.listing().entries(), depths.byCategory(), writer, progress);
    }
  }

  private static void tellCoverage(JobContext context, Table images) {
    ImageCoverage.notes(context.spark(), images)
        .forEach(
            (name, notes) -> notes.forEach(note -> context.terminal().warn(name + ": " + note)));
  }

  private Table makeSamples(JobContext context, PreparePlan plan, Table images, TableWriter writer)
      throws Exception {
    long count = images.manifest().rowsBy(ImagesTable.SPLIT).getOrDefault("train", 0L);
    long samples = count * context.config().samplesPerImage();
    return context.step(
        "make %d training samples".formatted(samples),
        () -> {
          SamplesStage stage = new SamplesStage(context.spark(), context.config(), plan.parts());
          try (Progress progress = context.progress("make samples", samples, "samples")) {
            return stage
                .run(images, plan.textures(), shared, writer, progress)
                .commit(plan.samples(), Map.of());
          }
        });
  }

  private static PrepareResult result(
      JobContext context, PreparePlan plan, Table images, Table samples) {
    PreparedImages prepared = PreparedImages.of(images.manifest());
    prepared
        .categories()
        .forEach(
            (name, counts) -> {
              if (counts.train() == 0) {
                context
                    .terminal()
                    .warn("all training images of " + name + " are bad: it cannot be trained");
              }
            });
    double maxRatio = context.config().badRecords().maxRatio();
    return new PrepareResult(
        ExitStatus.withBadRecords(prepared.bad(), prepared.listed(), maxRatio),
        ExitStatus.whyTooMany(prepared.bad(), prepared.listed(), maxRatio),
        prepared,
        plan.listing().files(),
        images.manifest(),
        samples.manifest(),
        context.root().path(),
        context.root().path(QuarantineTable.SPEC.name()));
  }
}
