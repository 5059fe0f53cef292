package org.fairspark.job.train.intra;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Frame;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.intra.IntraMethod;
import org.fairspark.detect.intra.MapSum;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.GraphSource;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.CategoryTraining;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.job.train.TrainingState;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.random.SeededRandom;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.text.Sha256;
import org.fairspark.training.TrainingSample;

/** The training of the transformer on clean images. */
final class TransformerTraining implements TrainingStep {
  /** Tasks per core, so that no core idles long at the end. */
  private static final int TASKS_PER_CORE = 3;

  @Override
  public String verb() {
    return "train";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) throws Exception {
    return training(run, category).state();
  }

  @Override
  public StepResult run(TrainingRun run, String category) throws Exception {
    return training(run, category).run();
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    return training(run, category).runInOneTask(seen, skipped);
  }

  private static CategoryTraining training(TrainingRun run, String category) {
    FairConfig config = run.context().config();
    MethodNetwork network = IntraMethod.network(config.detection());
    HeldOut held = CategoryRows.heldOut(run.context().spark(), category, run.images(), config);
    Provenance provenance =
        TrainingSpec.settings(config)
            .with("method", IntraMethod.NAME)
            .with("images", run.images().manifest().fingerprint())
            .with("category", category)
            .with("held out", held.ids().size())
            .with("network", network.spec().toString());
    TrainingSpec spec =
        new TrainingSpec(
            network,
            category,
            run.images(),
            SeededRandom.seed(config.seed(), "weights/" + category, 0),
            provenance,
            held,
            Optional.of("thresholds are set by the step that follows"),
            Optional.empty(),
            1,
            () -> samples(images(run, category, held), network.spec(), config.image().frame()),
            1,
            trained -> knowing(run, images(run, category, held), trained));
    return new CategoryTraining(run.context(), run.root(), spec, run.workers());
  }

  /** Returns the rows of the images that the network is trained on. */
  private static JavaRDD<Row> images(TrainingRun run, String category, HeldOut held) {
    return CategoryRows.trainImages(run.context().spark(), category, run.images())
        .where(not(col(ImagesTable.IMAGE_ID).isInCollection(held.ids())))
        .select(ImagesTable.IMAGE_ID, ImagesTable.HEIGHT, ImagesTable.WIDTH, ImagesTable.PIXELS)
        .toJavaRDD();
  }

  private static JavaRDD<TrainingSample> samples(
      JavaRDD<Row> images, NetworkSpec network, Frame frame) {
    return images.map(
        row -> {
          FloatImage image = frame.view(ImagesTable.pixels(row), 0).toFloat();
          return new TrainingSample(
              row.getAs(ImagesTable.IMAGE_ID),
              0,
              Float32Codec.of(IntraMethod.input(network, image)),
              Float32Codec.of(IntraMethod.targets(network, image)));
        });
  }

  /** Lets every task sum up what differs in some of the images, and gives the network the mean. */
  private static NetworkWeights knowing(
      TrainingRun run, JavaRDD<Row> images, NetworkWeights trained) {
    FairConfig config = run.context().config();
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(run.context().spark().sparkContext());
    byte[] file = GraphExport.bytes(trained, Map.of());
    GraphSource network = new GraphSource(Sha256.hex(file), spark.broadcast(file));
    try {
      JavaRDD<Row> dealt = images.repartition(TASKS_PER_CORE * ClusterShape.of(spark.sc()).tasks());
      MapSum differences =
          GpuStages.detecting(
                  dealt.mapPartitions(
                      new Differences(
                          network, config.image().frame(), TaskCores.of(spark.sc().conf()))),
                  config.inference().shareGpus())
              .reduce(MapSum::plus);
      return IntraMethod.knowing(trained, differences);
    } finally {
      network.destroy();
    }
  }
}
