package org.fairspark.job.train.features;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.FeatureNetworkMethod;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.inference.BackboneSource;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.CategoryTraining;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.job.train.TrainingState;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.Workers;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.training.TrainingSample;

/**
 * The training of a network on the features of a backbone. Features are computed once for each
 * image, in the tasks that deal the samples, and kept in the executors' memory and on their disks,
 * never under the output root.
 *
 * @param method that the network is of
 */
public record FeatureNetworkTraining(FeatureNetworkMethod method) implements TrainingStep {
  /** Tasks per core, so that no core idles long at the end. */
  private static final int TASKS_PER_CORE = 3;

  /** Makes sure that the backbone is there and has layers that the method takes. */
  @Override
  public void check(JobContext context) {
    BackboneFile.read(context)
        .check(
            context.config(),
            opened -> {
              opened.requireFeatureMaps();
              network(context.config(), opened);
            });
  }

  @Override
  public String verb() {
    return "train";
  }

  private MethodNetwork network(FairConfig config, OnnxBackbone opened) {
    return method
        .networks(config.detection())
        .get(0)
        .with(method.architecture(config.detection(), BackboneFile.shapes(config, opened)));
  }

  @Override
  public TrainingState state(TrainingRun run, String category) throws Exception {
    TrainingSpec spec =
        spec(
            run,
            category,
            BackboneFile.read(run.context()),
            held -> {
              throw new IllegalStateException("nothing is trained");
            });
    return new CategoryTraining(run.context(), run.root(), spec, run.workers()).state();
  }

  @Override
  public StepResult run(TrainingRun run, String category) throws Exception {
    return train(run, category, run.workers(), CategoryTraining::run);
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    return train(
        run, category, run.workers().alone(), training -> training.runInOneTask(seen, skipped));
  }

  /** A way to train. */
  private interface Way {
    StepResult train(CategoryTraining training) throws Exception;
  }

  private StepResult train(TrainingRun run, String category, Workers workers, Way way)
      throws Exception {
    FairConfig config = run.context().config();
    BackboneFile file = BackboneFile.read(run.context());
    BackboneSource backbone = file.broadcast(spark(run), config);
    try {
      TrainingSpec spec = spec(run, category, file, held -> samples(run, category, held, backbone));
      return way.train(new CategoryTraining(run.context(), run.root(), spec, workers));
    } finally {
      backbone.destroy();
    }
  }

  /** Where samples come from, given the images that are not trained on. */
  private interface Samples {
    JavaRDD<TrainingSample> without(HeldOut held);
  }

  private TrainingSpec spec(TrainingRun run, String category, BackboneFile file, Samples samples) {
    FairConfig config = run.context().config();
    MethodNetwork network = file.with(config, opened -> network(config, opened));
    HeldOut held = CategoryRows.heldOut(run.context().spark(), category, run.images(), config);
    Provenance provenance =
        file.decides(run, category)
            .with(Provenance.HELD_OUT, held.ids().size())
            .with("network", network.spec().toString());
    for (Map.Entry<String, String> setting : TrainingSpec.settings(config).values().entrySet()) {
      provenance = provenance.with(setting.getKey(), setting.getValue());
    }
    Supplier<JavaRDD<TrainingSample>> made = () -> samples.without(held);
    return new TrainingSpec(
        network,
        category,
        run.images(),
        SeededRandom.seed(config.seed(), "weights/" + category, 0),
        provenance,
        held,
        Optional.of("thresholds are set by the step that follows"),
        Optional.of(file.bytes()),
        1,
        made);
  }

  private static JavaRDD<TrainingSample> samples(
      TrainingRun run, String category, HeldOut held, BackboneSource backbone) {
    FairConfig config = run.context().config();
    JavaSparkContext spark = spark(run);
    Set<String> without = Set.copyOf(held.ids());
    JavaRDD<Row> rows =
        CategoryRows.trainImages(run.context().spark(), category, run.images())
            .select(ImagesTable.IMAGE_ID, ImagesTable.HEIGHT, ImagesTable.WIDTH, ImagesTable.PIXELS)
            .toJavaRDD()
            .filter(row -> !without.contains(row.<String>getAs(ImagesTable.IMAGE_ID)))
            .repartition(TASKS_PER_CORE * ClusterShape.of(spark.sc()).tasks());
    return GpuStages.detecting(rows, config.inference().shareGpus())
        .mapPartitions(
            new FeatureSamples(
                backbone,
                config.detection().features().backbone(),
                config.image().frame(),
                TaskCores.of(spark.sc().conf())));
  }

  private static JavaSparkContext spark(TrainingRun run) {
    return JavaSparkContext.fromSparkContext(run.context().spark().sparkContext());
  }
}
