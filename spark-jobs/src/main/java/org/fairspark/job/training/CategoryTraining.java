package org.fairspark.job.training;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.Warp;
import org.fairspark.dataset.Split;
import org.fairspark.image.PixelImage;
import org.fairspark.job.JobContext;
import org.fairspark.job.JobException;
import org.fairspark.job.Progress;
import org.fairspark.network.NetworkShape;
import org.fairspark.network.NetworkState;
import org.fairspark.random.SeededRandom;
import org.fairspark.table.ImagesTable;
import org.fairspark.table.OutputRoot;
import org.fairspark.table.Provenance;
import org.fairspark.table.SamplesTable;
import org.fairspark.table.Table;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.TrainingSample;

/** The training of one category's model, from its tables to its folder under {@code models/}. */
public final class CategoryTraining {
  private final JobContext context;
  private final ModelFolder folder;
  private final String category;
  private final Table images;
  private final Table samples;
  private final Workers workers;

  public CategoryTraining(
      JobContext context,
      OutputRoot root,
      String category,
      Table images,
      Table samples,
      Workers workers) {
    this.context = context;
    this.folder = new ModelFolder(root, category);
    this.category = category;
    this.images = images;
    this.samples = samples;
    this.workers = workers;
  }

  /**
   * Trains, goes on with, or finds the model.
   *
   * @return one line for a person
   */
  public String run() throws Exception {
    FairConfig config = context.config();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    folder.repair();
    NetworkShape shape = shape(config);
    Provenance provenance = provenance(config);
    if (folder.isFinished(provenance)) {
      return "%-20s model is up to date, nothing to do".formatted(category);
    }
    List<String> ids = imageIds();
    TrainingPlan plan = plan(config, ids.size());
    Optional<Checkpoint> checkpoint = folder.newestCheckpoint(provenance);
    Checkpoint start =
        checkpoint.orElseGet(
            () ->
                Checkpoint.before(
                    NetworkState.initial(
                        shape, SeededRandom.seed(config.seed(), "weights/" + category, 0))));
    checkpoint.ifPresent(
        c ->
            context
                .terminal()
                .info(
                    "%s: going on after epoch %d of %d"
                        .formatted(category, c.epochs(), plan.epochs())));
    Instant began = Instant.now();
    JavaRDD<TrainingBlock> blocks = BlockDealer.deal(spark, samples(), ids, plan);
    try (Progress progress =
        context.progress("train " + category, (long) plan.epochs() * plan.images(), "samples")) {
      progress.skip((long) start.epochs() * plan.images());
      EpochRecorder recorder = new EpochRecorder(folder, provenance, start, progress);
      NetworkState trained =
          new ParameterAveraging(spark.sc(), plan, blocks, workers.threads())
              .train(start.state(), start.epochs(), recorder);
      Duration duration = start.duration().plus(Duration.between(began, Instant.now()));
      folder.finish(
          new Checkpoint(trained, recorder.history(), duration),
          provenance,
          config,
          training(plan, duration));
      EpochSummary last = recorder.history().get(recorder.history().size() - 1);
      return String.format(
          Locale.ROOT,
          "%-20s loss %.4f (l2 %.5f, SSIM %.4f) after %d epochs of %d samples, %s",
          category,
          last.loss(),
          last.l2(),
          last.ssim(),
          plan.epochs(),
          plan.images(),
          rate(recorder.history(), workers));
    } catch (DivergedException e) {
      throw JobException.failed(
          e.getMessage(),
          folder.describeCheckpoint(),
          "lower training.learning-rate (now %s); the last good checkpoint is kept"
              .formatted(config.training().learningRate()),
          e);
    } finally {
      blocks.unpersist();
    }
  }

  private Map<String, Object> training(TrainingPlan plan, Duration duration) {
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("images", plan.images());
    training.put("variants", plan.variants());
    training.put("epochs", plan.epochs());
    training.put("samples_seen", (long) plan.epochs() * plan.images());
    training.put("batch_size", plan.batchSize());
    training.put("learning_rate", plan.learningRate());
    training.put("workers", plan.workers());
    training.put("averaging_frequency", plan.averagingFrequency());
    training.put("seed", plan.seed());
    training.put("seconds", duration.toMillis() / 1000.0);
    return training;
  }

  private static String rate(List<EpochSummary> history, Workers workers) {
    double samples = history.stream().mapToDouble(EpochSummary::samples).sum();
    double seconds = history.stream().mapToDouble(EpochSummary::seconds).sum();
    double averaging = history.stream().mapToDouble(EpochSummary::averagingSeconds).sum();
    return String.format(
        Locale.ROOT,
        "%.1f samples/s, %s, %.0f %% of the time in averaging",
        samples / seconds,
        workers.describe(),
        100 * averaging / seconds);
  }

  static NetworkShape shape(FairConfig config) {
    return new NetworkShape(
        config.filter().extractor().channels(), config.model().width(), config.model().skips());
  }

  private Provenance provenance(FairConfig config) {
    return Provenance.of(
            config.effective(
                "seed",
                "model",
                "training.epochs",
                "training.batch-size",
                "training.learning-rate",
                "training.averaging-frequency"))
        .with("samples", samples.manifest().fingerprint())
        .with("category", category)
        .with("workers", workers.count());
  }

  private TrainingPlan plan(FairConfig config, int count) {
    if (count == 0) {
      throw JobException.failed(
          "category " + category + " has no training images",
          images.path().toString(),
          "put normal images into its training folder, or leave it out of data.categories",
          null);
    }
    return new TrainingPlan(
        config.seed(),
        category,
        count,
        config.corruption().variants(),
        config.image().size(),
        config.image().size(),
        config.training().batchSize(),
        config.training().averagingFrequency(),
        workers.count(),
        config.training().epochs(),
        config.training().learningRate());
  }

  private Dataset<Row> trainImages() {
    return images
        .dataset(context.spark())
        .where(
            functions
                .col(ImagesTable.CATEGORY)
                .equalTo(category)
                .and(functions.col(ImagesTable.SPLIT).equalTo(Split.TRAIN.label())));
  }

  private List<String> imageIds() {
    return trainImages().select(ImagesTable.IMAGE_ID).as(Encoders.STRING()).collectAsList().stream()
        .sorted()
        .toList();
  }

  /** Every sample beside its target: the clean image, turned as the sample was. */
  private JavaRDD<TrainingSample> samples() {
    Column id = functions.col(ImagesTable.IMAGE_ID);
    Dataset<Row> clean =
        trainImages()
            .select(
                id,
                functions.col(ImagesTable.HEIGHT),
                functions.col(ImagesTable.WIDTH),
                functions.col(ImagesTable.PIXELS));
    return samples
        .dataset(context.spark())
        .where(functions.col(SamplesTable.CATEGORY).equalTo(category))
        .select(
            SamplesTable.IMAGE_ID,
            SamplesTable.VARIANT,
            SamplesTable.ROTATION_DEGREES,
            SamplesTable.INPUT)
        .join(clean, SamplesTable.IMAGE_ID)
        .toJavaRDD()
        .map(CategoryTraining::sample);
  }

  private static TrainingSample sample(Row row) {
    PixelImage image = ImagesTable.pixels(row);
    double degrees = row.getAs(SamplesTable.ROTATION_DEGREES);
    PixelImage target = degrees == 0 ? image : Warp.rotate(image, degrees);
    return new TrainingSample(
        row.getAs(SamplesTable.IMAGE_ID),
        row.getAs(SamplesTable.VARIANT),
        row.getAs(SamplesTable.INPUT),
        target.pixels());
  }
}
