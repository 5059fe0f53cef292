package org.fairspark.job.train;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.dataset.Split;
import org.fairspark.dataset.TextureListing;
import org.fairspark.detect.discriminative.DiscriminativeMethod;
import org.fairspark.inference.ModelSource;
import org.fairspark.job.prepare.PreparedTables;
import org.fairspark.job.prepare.SampleSources;
import org.fairspark.network.InferenceEngine;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;

/**
 * Trains the discriminative networks, each in one Spark task, after the restoration networks that
 * they judge; into {@code discriminators/CATEGORY/}.
 */
public final class DiscriminatorTraining {
  private final JobContext context;
  private final OutputRoot root;
  private final Table images;
  private final Table samples;
  private final Workers worker;

  /**
   * A training.
   *
   * @param threads native threads
   */
  public DiscriminatorTraining(
      JobContext context, OutputRoot root, Table images, Table samples, int threads) {
    this.context = context;
    this.root = root;
    this.images = images;
    this.samples = samples;
    this.worker = new Workers(1, threads);
  }

  /**
   * Trains, goes on with, or finds a category's network.
   *
   * @return one line for a person
   */
  public String run(String category) throws Exception {
    FairConfig config = context.config();
    TrainedModel model = new ModelStore(root, category).open();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    Dataset<Row> rows =
        CategoryRows.trainImages(context.spark(), category, images)
            .select(
                ImagesTable.CATEGORY,
                ImagesTable.IMAGE_ID,
                ImagesTable.HEIGHT,
                ImagesTable.WIDTH,
                ImagesTable.PIXELS);
    Optional<TextureListing> textures =
        config.corruption().recipe() == CorruptionRecipe.NONE
            ? Optional.empty()
            : config.corruption().textures().map(folder -> TextureListing.of(spark, folder));
    SampleSources sources = SampleSources.of(config, rows, textures);
    // What a network learns from must not depend on the machine: always the engine that trained.
    ModelSource restoration =
        ModelSource.broadcast(spark, InferenceEngine.DL4J, model.id(), model.state());
    long total =
        PreparedTables.rows(images, config, Split.TRAIN).get(category) * config.training().epochs();
    LongAccumulator seen = spark.sc().longAccumulator("training samples seen");
    try (Progress progress = context.progress("discriminate " + category, total, "samples")) {
      progress.follow(seen::value);
      TrainingSpec lesson =
          new TrainingSpec(
              ModelStore.DISCRIMINATIVE,
              category,
              DiscriminativeMethod.network(config.detection()).spec(),
              images,
              SeededRandom.seed(config.seed(), "discriminative weights/" + category, 0),
              TrainingSpec.settings(config)
                  .with("samples", samples.manifest().fingerprint())
                  .with("category", category)
                  .with("restoration model", model.id()),
              new HeldOut(List.of(), "only the restoration network is calibrated"),
              () ->
                  GpuStages.onGpu(rows.toJavaRDD())
                      .mapPartitions(
                          DiscriminatorTask.of(
                              config, category, sources, restoration, worker.threads())));
      return new CategoryTraining(context, root, lesson, worker).runInOneTask(seen, progress::skip);
    } finally {
      sources.destroy();
      restoration.destroy();
    }
  }
}
