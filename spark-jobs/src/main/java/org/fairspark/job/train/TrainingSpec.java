package org.fairspark.job.train;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Table;
import org.fairspark.training.TrainingSample;

/**
 * The training of one category's network: its hyper-parameters and its place.
 *
 * @param kind of model: its folder under the output root
 * @param images the table that has the training images
 * @param weightsSeed of a network that has learnt nothing
 * @param provenance all that decides the samples, and the settings of training
 * @param held images that it is not trained on, to set thresholds by
 * @param samples every sample, {@code corruption.variants} a training image; asked for when
 *     training begins
 */
public record TrainingSpec(
    String kind,
    String category,
    NetworkSpec shape,
    Table images,
    long weightsSeed,
    Provenance provenance,
    HeldOut held,
    Supplier<JavaRDD<TrainingSample>> samples) {

  /** Returns the training of a network that restores clean images from {@code samples/}. */
  public static TrainingSpec restoration(
      JobContext context, String category, Table images, Table samples) {
    FairConfig config = context.config();
    HeldOut held = CategoryRows.heldOut(context.spark(), category, images, config);
    Provenance provenance =
        settings(config)
            .with("samples", samples.manifest().fingerprint())
            .with("category", category);
    return new TrainingSpec(
        ModelStore.MODELS,
        category,
        config.detection().networkSpec(),
        images,
        SeededRandom.seed(config.seed(), "weights/" + category, 0),
        // Which ones follows from their number, the seed and the samples.
        held.ids().isEmpty() ? provenance : provenance.with("held out", held.ids().size()),
        held,
        () ->
            new CategoryRows(context.spark(), category, images, samples)
                .trainingSamples(held.ids(), config.corruption().clean()));
  }

  /** Returns the settings that decide any training. */
  public static Provenance settings(FairConfig config) {
    return Provenance.of(
        config.effective(
            "seed",
            "model",
            "training.epochs",
            "training.batch-size",
            "training.learning-rate",
            "training.averaging-frequency"));
  }

  NetworkWeights initial() {
    return NetworkWeights.initial(shape, weightsSeed);
  }
}
