package org.fairspark.job.train;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.network.NetworkWeights;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.Table;
import org.fairspark.training.TrainingSample;

/**
 * The training of one category's network: its hyper-parameters and its place.
 *
 * @param network what is trained, and its place
 * @param images the table that has the training images
 * @param weightsSeed of a network that has learnt nothing
 * @param provenance all that decides the samples, and the settings of training
 * @param held images that it is not trained on, to set thresholds by
 * @param uncalibrated why no thresholds are set once it is trained; empty if they are
 * @param backbone the ONNX file of the network whose features the samples are, to be kept with the
 *     model; empty if they are not
 * @param variants samples of each training image
 * @param samples every sample; asked for when training begins
 * @param repeats how many samples of an image an epoch shows, each under a name of its own ({@link
 *     #shown})
 * @param completion what is done to the trained weights, from them and the images alone, before
 *     they are kept
 */
public record TrainingSpec(
    MethodNetwork network,
    String category,
    Table images,
    long weightsSeed,
    Provenance provenance,
    HeldOut held,
    Optional<String> uncalibrated,
    Optional<byte[]> backbone,
    int variants,
    Supplier<JavaRDD<TrainingSample>> samples,
    int repeats,
    UnaryOperator<NetworkWeights> completion) {

  /** Describes the training of a network that an epoch shows each image once. */
  public TrainingSpec(
      MethodNetwork network,
      String category,
      Table images,
      long weightsSeed,
      Provenance provenance,
      HeldOut held,
      Optional<String> uncalibrated,
      Optional<byte[]> backbone,
      int variants,
      Supplier<JavaRDD<TrainingSample>> samples) {
    this(
        network,
        category,
        images,
        weightsSeed,
        provenance,
        held,
        uncalibrated,
        backbone,
        variants,
        samples,
        1,
        UnaryOperator.identity());
  }

  /**
   * Returns the name of one of an image's samples in an epoch.
   *
   * @param repeat from 0
   */
  public static String shown(String imageId, int repeat) {
    return repeat == 0 ? imageId : imageId + "#" + repeat;
  }

  /**
   * Returns the training of a method's first network from {@code samples/}.
   *
   * @param network its description
   * @param target of a sample
   * @throws org.fairspark.failure.FairException if too few images are held out for the image score
   *     that is asked for
   */
  public static TrainingSpec ofSamples(
      JobContext context,
      String category,
      Table images,
      Table samples,
      MethodNetwork network,
      SampleTarget target) {
    FairConfig config = context.config();
    Method method = config.scoringMethod();
    HeldOut held = CategoryRows.heldOut(context.spark(), category, images, config);
    ScoreSelection.require(config, category, held);
    Provenance provenance =
        settings(config)
            .with("samples", samples.manifest().fingerprint())
            .with("category", category);
    if (!method.name().equals(RestorationMethod.NAME)) {
      provenance = provenance.with("method", method.name());
    }
    return new TrainingSpec(
        network,
        category,
        images,
        SeededRandom.seed(config.seed(), "weights/" + category, 0),
        // Which ones follows from their number, the seed and the samples.
        held.ids().isEmpty() ? provenance : provenance.with(Provenance.HELD_OUT, held.ids().size()),
        held,
        method.networks(config.detection()).size() > 1
            ? Optional.of("thresholds are set when all networks are trained")
            : Optional.empty(),
        Optional.empty(),
        config.corruption().variants(),
        () ->
            new CategoryRows(context.spark(), category, images, samples)
                .trainingSamples(
                    held.ids(), config.corruption().clean(), config.image().frame(), target));
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
            "training.schedule",
            "training.averaging-frequency"));
  }

  NetworkWeights initial() {
    return NetworkWeights.initial(network.spec(), weightsSeed);
  }
}
