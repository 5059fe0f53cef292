package org.fairspark.job.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.fairspark.config.EvaluationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.inference.EvaluatedModels;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.network.UnetSpec;
import org.fairspark.report.Curve;
import org.fairspark.report.Histogram;
import org.fairspark.report.ReportModel;
import org.fairspark.report.Specimen;
import org.fairspark.report.SpecimenChoice.Candidate;
import org.fairspark.report.ThresholdSteps;
import org.fairspark.scoring.PixelStatistic;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.CategoryFrequencies;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.store.model.ModelStore;

/** The gathering of what the report shows of one category. */
record CategoryAssembly(OutputRoot root, FairConfig config, EvaluatedModels models) {
  private static final int HISTOGRAM_BINS = 30;

  /**
   * Returns the category as the report shows it.
   *
   * @param result its part of {@code metrics.json}
   * @param scored its test images
   * @param given its training images
   * @param ownCalibration whether the data set has images of their own to set its thresholds
   * @param frequencies its part of {@code frequencies.json}, if it has one
   * @param coverage what of its normal test images is unlike the training images
   */
  ReportModel.EvaluatedCategory category(
      String name,
      CategoryResult result,
      List<Candidate> scored,
      long given,
      boolean ownCalibration,
      Optional<CategoryFrequencies> frequencies,
      List<String> coverage,
      List<Specimen> gallery) {
    List<String> notes = new ArrayList<>();
    coverage.forEach(note -> notes.add("Attention: " + note + "."));
    if (result.counts().withoutMask() > 0) {
      notes.add(
          result.counts().withoutMask()
              + " anomalous images have no mask; they count for image AUROC only.");
    }
    String scores = score(name);
    if (!scores.equals(ScoreStatistic.PAPER.word())) {
      notes.add("Image scores: " + scores + ".");
    }
    if (models.inspection(name).hasOutside()) {
      notes.add("A part of each image is inspected: what is dark on the maps counts nowhere.");
    }
    long heldOut = ownCalibration ? 0 : heldOut(name, given);
    return new ReportModel.EvaluatedCategory(
        name,
        given - heldOut,
        heldOut,
        result,
        plots(name, scored, frequencies, threshold(levels(result))),
        gallery,
        notes);
  }

  /** Returns how many of the training images set the thresholds, and were not trained on. */
  private long heldOut(String name, long given) {
    FairConfig own = models.settings().get(name);
    if (!own.detectionMethod().hasModel(own.detection())) {
      return 0;
    }
    int setting = new ModelStore(root, name).metadata().calibration().images();
    // An exported detector learns nothing here: all of them set its thresholds.
    return setting < given ? setting : 0;
  }

  /** Returns the calibrated thresholds, if decisions were made by such. */
  static Optional<DecisionLevels> levels(CategoryResult result) {
    return result.decisions().atThreshold().map(AtThreshold::levels);
  }

  private static OptionalDouble threshold(Optional<DecisionLevels> levels) {
    return levels.stream().mapToDouble(DecisionLevels::image).findFirst();
  }

  /** Returns what the image score is, and why, in words. */
  private String score(String name) {
    EvaluationConfig asked = config.evaluation();
    if (asked.scoresNeedCalibration() && config.detectionMethod().equals(config.scoringMethod())) {
      return new ModelStore(root, name).metadata().calibration().score().describe();
    }
    String image = asked.score().statistic().orElse(ScoreStatistic.PAPER).word();
    PixelStatistic pixels = asked.pixelScore().statistic().orElse(PixelStatistic.PAPER);
    return pixels == PixelStatistic.PAPER ? image : image + "; pixels " + pixels.word();
  }

  private ReportModel.Plots plots(
      String name,
      List<Candidate> scored,
      Optional<CategoryFrequencies> frequencies,
      OptionalDouble threshold) {
    double[] normal = scores(scored, false);
    double[] anomalous = scores(scored, true);
    return new ReportModel.Plots(
        config.evaluation().fprLimit(),
        scored.isEmpty()
            ? Optional.empty()
            : Optional.of(Histogram.of(normal, anomalous, HISTOGRAM_BINS)),
        curve(normal, anomalous, Curve::roc),
        curve(normal, anomalous, Curve::precision),
        scored.isEmpty()
            ? Optional.empty()
            : Optional.of(ThresholdSteps.of(normal, anomalous, threshold)),
        losses(name),
        frequencies.flatMap(f -> spectrum(f.similarity())),
        frequencies.flatMap(f -> spectrum(f.energy())));
  }

  private static double[] scores(List<Candidate> scored, boolean anomalous) {
    return scored.stream()
        .filter(s -> s.anomalous() == anomalous)
        .mapToDouble(Candidate::score)
        .toArray();
  }

  private static Optional<Curve> curve(
      double[] normal, double[] anomalous, BiFunction<double[], double[], Curve> of) {
    return normal.length == 0 || anomalous.length == 0
        ? Optional.empty()
        : Optional.of(of.apply(normal, anomalous));
  }

  private static Optional<ReportModel.Spectrum> spectrum(CategoryFrequencies.ByLabel curves) {
    return radial(curves.normal())
        .map(normal -> new ReportModel.Spectrum(normal, radial(curves.anomalous())));
  }

  private static Optional<Curve> radial(CategoryFrequencies.RadialCurve curve) {
    List<CategoryFrequencies.Point> points = curve.points();
    return points.size() < 2
        ? Optional.empty()
        : Optional.of(
            Curve.of(
                points.stream().mapToDouble(CategoryFrequencies.Point::distance).toArray(),
                points.stream().mapToDouble(CategoryFrequencies.Point::mean).toArray()));
  }

  /** Returns the losses of the method's networks, of those that left one. */
  private List<ReportModel.LossCurves> losses(String category) {
    List<MethodNetwork> networks = config.detectionMethod().networks(config.detection());
    List<ReportModel.LossCurves> losses = new ArrayList<>();
    for (MethodNetwork network : networks) {
      List<EpochSummary> epochs = ModelStore.of(root, network, category).loss();
      if (!epochs.isEmpty()) {
        losses.add(
            new ReportModel.LossCurves(
                networks.size() == 1 ? "Training loss" : title(network),
                "epoch",
                series(network, epochs)));
      }
    }
    return losses;
  }

  private static String title(MethodNetwork network) {
    return network
        .unet()
        .map(
            unet ->
                switch (unet.head()) {
                  case RESTORATION -> "Training loss of the restoration";
                  case MASK -> "Training loss of the discriminator";
                  case SOFT_MASK -> "Training loss of the localization";
                })
        .orElse("Training loss of " + network.name());
  }

  private static List<ReportModel.Series> series(MethodNetwork network, List<EpochSummary> epochs) {
    Optional<UnetSpec.Head> head = network.unet().map(UnetSpec::head);
    return head.filter(UnetSpec.Head.RESTORATION::equals).isPresent()
        ? List.of(
            series("total", epochs, EpochSummary::loss),
            series("l2", epochs, EpochSummary::l2),
            series("SSIM", epochs, EpochSummary::ssim))
        : List.of(series(head.map(UnetSpec.Head::loss).orElse("loss"), epochs, EpochSummary::loss));
  }

  private static ReportModel.Series series(
      String name, List<EpochSummary> epochs, ToDoubleFunction<EpochSummary> part) {
    return new ReportModel.Series(
        name,
        Curve.of(
            epochs.stream().mapToDouble(e -> e.epoch() + 1).toArray(),
            epochs.stream().mapToDouble(part).toArray()));
  }
}
