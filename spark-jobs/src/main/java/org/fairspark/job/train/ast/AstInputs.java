package org.fairspark.job.train.ast;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.ast.FeatureMaps;
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.GraphSource;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.job.train.features.BackboneFile;
import org.fairspark.network.Backbone;
import org.fairspark.random.SeededRandom;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.training.TrainingSample;

/**
 * The circumstances of training either of AST's networks on a category.
 *
 * @param maps the features of a black image, of as many numbers as any other's
 * @param held images that neither network is trained on
 */
record AstInputs(
    TrainingRun run, String category, BackboneFile file, FeatureMaps maps, HeldOut held) {
  /** Tasks per core, so that no core idles long at the end. */
  private static final int TASKS_PER_CORE = 3;

  private static final String UNCALIBRATED = "thresholds are set when both networks are trained";

  static AstInputs of(TrainingRun run, String category) {
    FairConfig config = run.context().config();
    BackboneFile file = BackboneFile.read(run.context());
    HeldOut held = CategoryRows.heldOut(run.context().spark(), category, run.images(), config);
    return new AstInputs(
        run, category, file, file.with(config, network -> maps(config, network)), held);
  }

  /** Returns the features of a black image. */
  static FeatureMaps maps(FairConfig config, Backbone network) {
    return FeatureMaps.of(
        config.detection().features().backbone(), network, BackboneFile.black(config));
  }

  FairConfig config() {
    return run.context().config();
  }

  JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(run.context().spark().sparkContext());
  }

  BackboneSource broadcast() {
    return file.broadcast(spark(), config());
  }

  /**
   * Returns the training of a network.
   *
   * @param network with its architecture
   * @param seed what tells its first weights from the other network's
   * @param more what decides its samples beside the features
   */
  TrainingSpec spec(
      MethodNetwork network,
      String seed,
      Map<String, String> more,
      Supplier<JavaRDD<TrainingSample>> samples) {
    Provenance provenance =
        file.decides(run, category)
            .with(Provenance.HELD_OUT, held.ids().size())
            .with("network", network.spec().toString());
    for (Map<String, String> values : List.of(TrainingSpec.settings(config()).values(), more)) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        provenance = provenance.with(value.getKey(), value.getValue());
      }
    }
    return new TrainingSpec(
        network,
        category,
        run.images(),
        SeededRandom.seed(config().seed(), seed + "/" + category, 0),
        provenance,
        held,
        Optional.of(UNCALIBRATED),
        network.part().isEmpty() ? Optional.of(file.bytes()) : Optional.empty(),
        1,
        samples);
  }

  /**
   * Returns the samples of all images that networks are trained on.
   *
   * @param teacher the trained one; empty for samples of the teacher itself
   */
  JavaRDD<TrainingSample> samples(BackboneSource backbone, List<GraphSource> teacher) {
    SparkSession session = run.context().spark();
    FairConfig config = config();
    return GpuStages.detecting(
            CategoryRows.trainImages(session, category, run.images())
                .where(not(col(ImagesTable.IMAGE_ID).isInCollection(held.ids())))
                .select(
                    ImagesTable.IMAGE_ID, ImagesTable.HEIGHT, ImagesTable.WIDTH, ImagesTable.PIXELS)
                .toJavaRDD()
                .repartition(TASKS_PER_CORE * ClusterShape.of(spark().sc()).tasks()),
            config.inference().shareGpus())
        .mapPartitions(
            new AstSamples(
                config.detection().features().backbone(),
                backbone,
                teacher,
                config.image().frame(),
                TaskCores.of(spark().sc().conf())));
  }
}
