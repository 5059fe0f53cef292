package org.fairspark.job.train.discriminative;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.TextureListing;
import org.fairspark.detect.discriminative.DiscriminatingMethod;
import org.fairspark.inference.ModelSource;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.CategoryTraining;
import org.fairspark.job.train.OneTaskStep;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.job.train.TrainingState;
import org.fairspark.job.train.Workers;
import org.fairspark.network.InferenceEngine;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;
import org.fairspark.textures.SampleSources;
import org.fairspark.training.TrainingSample;

/**
 * The training of the discriminators, each in one Spark task, after the restoration networks that
 * they see the output of.
 *
 * @param method that the discriminators are of
 */
public record DiscriminatorTraining(DiscriminatingMethod method) implements OneTaskStep {
  private static final String UNSCORED = "only the restoration network is calibrated";

  @Override
  public String verb() {
    return "discriminate";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) throws Exception {
    ModelStore model = new ModelStore(run.root(), category);
    if (!model.isThere()) {
      return TrainingState.NEW;
    }
    TrainingSpec spec =
        spec(
            run,
            category,
            heldOut(run, category),
            model.id(),
            () -> {
              throw new IllegalStateException("nothing is trained");
            });
    return new CategoryTraining(run.context(), run.root(), spec, run.workers().alone()).state();
  }

  private TrainingSpec spec(
      TrainingRun run,
      String category,
      HeldOut held,
      String restorationModel,
      Supplier<JavaRDD<TrainingSample>> samples) {
    FairConfig config = run.context().config();
    Provenance provenance =
        TrainingSpec.settings(config)
            .with("samples", run.samples().manifest().fingerprint())
            .with("category", category)
            .with("restoration model", restorationModel);
    return new TrainingSpec(
        method.discriminator(config.detection()),
        category,
        run.images(),
        SeededRandom.seed(config.seed(), "discriminative weights/" + category, 0),
        held.ids().isEmpty() ? provenance : provenance.with(Provenance.HELD_OUT, held.ids().size()),
        held,
        Optional.of(
            isScored(config)
                ? "thresholds of both networks together stand in the folder above"
                : UNSCORED),
        Optional.empty(),
        config.corruption().variants(),
        samples);
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    JobContext context = run.context();
    FairConfig config = context.config();
    Table images = run.images();
    Workers worker = run.workers().alone();
    TrainedModel model = new ModelStore(run.root(), category).open();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    HeldOut held = heldOut(run, category);
    Dataset<Row> rows =
        CategoryRows.trainImages(context.spark(), category, images)
            .select(
                ImagesTable.CATEGORY,
                ImagesTable.IMAGE_ID,
                ImagesTable.HEIGHT,
                ImagesTable.WIDTH,
                ImagesTable.PIXELS);
    Optional<TextureListing> textures =
        config
            .corruption()
            .textures()
            .map(folder -> TextureListing.of(context.hadoop(), () -> spark, folder));
    SampleSources sources = SampleSources.of(config, rows, textures);
    // The training data must not depend on the machine: always the engine that trained.
    ModelSource restoration =
        ModelSource.broadcast(spark, InferenceEngine.DL4J, model.id(), model.state());
    try {
      TrainingSpec spec =
          spec(
              run,
              category,
              held,
              model.id(),
              () ->
                  GpuStages.onGpu(
                          rows.where(not(col(ImagesTable.IMAGE_ID).isInCollection(held.ids())))
                              .toJavaRDD())
                      .mapPartitions(
                          DiscriminatorTask.of(
                              config, category, sources, restoration, worker.threads())));
      return new CategoryTraining(context, run.root(), spec, worker).runInOneTask(seen, skipped);
    } finally {
      sources.destroy();
      restoration.destroy();
    }
  }

  /** Returns whether images are scored by both networks, hence thresholds set for them. */
  private static boolean isScored(FairConfig config) {
    return config.detectionMethod().equals(config.scoringMethod());
  }

  /** Returns the images that thresholds are set by, which a scored network must not be taught. */
  @Override
  public HeldOut heldOut(TrainingRun run, String category) {
    return isScored(run.context().config())
        ? OneTaskStep.super.heldOut(run, category)
        : new HeldOut(List.of(), UNSCORED);
  }
}
