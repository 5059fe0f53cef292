package org.fairspark.job.train.patches;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.PatchMethod;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.CategoryStep;
import org.fairspark.job.train.CategoryTraining;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.training.TrainingSample;

/**
 * The training of the network, and the setting of the arrays that are not learnt.
 *
 * @param <S> what is kept of an image for those
 */
record PatchStep<S extends Serializable>(PatchMethod<S> method) implements CategoryStep {
  @Override
  public CategoryTraining training(TrainingRun run, String category) {
    return new CategoryTraining(run.context(), run.root(), spec(run, category), run.workers());
  }

  private TrainingSpec spec(TrainingRun run, String category) {
    JobContext context = run.context();
    FairConfig config = context.config();
    HeldOut held = CategoryRows.heldOut(context.spark(), category, run.images(), config);
    Provenance provenance =
        TrainingSpec.settings(config)
            .with("images", run.images().manifest().fingerprint())
            .with("category", category)
            .with("method", method.name())
            .with("variants", config.corruption().variants());
    return new TrainingSpec(
        method.network(config.detection()),
        category,
        run.images(),
        SeededRandom.seed(config.seed(), "weights/" + category, 0),
        held.ids().isEmpty() ? provenance : provenance.with(Provenance.HELD_OUT, held.ids().size()),
        held,
        Optional.of("thresholds are set when the network is trained"),
        Optional.empty(),
        config.corruption().variants(),
        () -> samples(run, category, held),
        method.samplesOfImage(),
        trained -> FitStage.of(run, category, held).fit(method, trained));
  }

  private JavaRDD<TrainingSample> samples(TrainingRun run, String category, HeldOut held) {
    return rows(run, category)
        .where(not(col(ImagesTable.IMAGE_ID).isInCollection(held.ids())))
        .toJavaRDD()
        .mapPartitions(PatchSamples.of(method, run.context().config()));
  }

  /** Returns the rows of all training images: id, size and pixels. */
  static Dataset<Row> rows(TrainingRun run, String category) {
    return CategoryRows.trainImages(run.context().spark(), category, run.images())
        .select(ImagesTable.IMAGE_ID, ImagesTable.HEIGHT, ImagesTable.WIDTH, ImagesTable.PIXELS);
  }
}
