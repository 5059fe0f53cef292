package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.PatchMethod;
import org.fairspark.network.NetworkSpec;
import org.fairspark.runtime.ExpectedImages;
import org.fairspark.runtime.JobPlan;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.spark.StateBytes;
import org.fairspark.text.HumanUnits;

/**
 * The work of {@code train}.
 *
 * @param images by category
 * @param workers of a round
 * @param need the memory that training takes
 * @param states of every step by category, where the images are there already
 */
record TrainPlan(
    FairConfig config,
    ExpectedImages images,
    Workers workers,
    MemoryPlan need,
    SortedMap<String, List<TrainingState>> states)
    implements JobPlan {

  /**
   * Refuses a score that too few images are held out for.
   *
   * @throws org.fairspark.failure.FairException naming how many it takes
   */
  void requireScores() {
    images
        .train()
        .forEach(
            (category, n) -> {
              long given = images.calibration().getOrDefault(category, 0L);
              long setting = given > 0 ? given : holdsOut() ? heldOut(n) : n;
              ScoreSelection.require(
                  config, category, Math.toIntExact(setting), uncalibrated(n, given).orElse(""));
            });
  }

  /** Returns whether every network is trained: no engine is asked to. */
  boolean trained() {
    return !states.isEmpty()
        && states.values().stream().flatMap(List::stream).allMatch(TrainingState::trained);
  }

  /** Returns the images, if models are to be made of them before they can be evaluated. */
  @Override
  public Optional<ExpectedImages> leaves() {
    boolean allThere =
        !states.isEmpty()
            && states.values().stream().flatMap(List::stream).allMatch(TrainingState::upToDate);
    return Optional.of(images).filter(i -> !allThere);
  }

  @Override
  public Optional<MemoryPlan> memory() {
    return Optional.of(need);
  }

  @Override
  public List<String> lines() {
    if (config.detectionMethod().networks(config.detection()).isEmpty()) {
      return fitted();
    }
    List<String> lines = new ArrayList<>();
    List<MethodNetwork> networks = config.detectionMethod().networks(config.detection());
    lines.add("%s; %s".formatted(describe("network", networks.get(0)), workers.describe()));
    if (!workers.engine().line().isEmpty()) {
      lines.add(workers.engine().line());
    }
    networks.stream()
        .skip(1)
        .forEach(
            network ->
                lines.add(
                    "%s; trained after it, in one task"
                        .formatted(describe(network.name(), network))));
    images.train().forEach((category, n) -> lines.add(line(category, n)));
    if (config.detectionMethod() instanceof PatchMethod<?>) {
      images.train().forEach((category, n) -> lines.add(kept(category, n, networks.get(0))));
    }
    lines.addAll(thresholdsAndStates());
    networks
        .get(0)
        .architecture()
        .ifPresent(
            spec ->
                lines.add(
                    "every averaging moves %s per worker"
                        .formatted(HumanUnits.bytes(StateBytes.of(spec)))));
    lines.addAll(need.lines());
    return lines;
  }

  private static String describe(String name, MethodNetwork network) {
    return network
        .architecture()
        .map(
            spec ->
                network
                    .unet()
                    .map(
                        unet ->
                            "%s: width %d, %,d parameters"
                                .formatted(name, unet.width(), unet.parameterCount()))
                    .orElseGet(() -> "%s: %,d parameters".formatted(name, spec.parameterCount())))
        .orElse("%s: on the features of the backbone".formatted(network.name()));
  }

  /** Returns the lines of a method that fits something on a backbone's features in one pass. */
  private List<String> fitted() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: fitted in one pass on %s of %s"
            .formatted(
                config.detectionMethod().name(),
                String.join(", ", config.method().layers()),
                config.method().backbone().orElseThrow()));
    images
        .train()
        .forEach(
            (category, n) -> {
              int held = held(category, n);
              lines.add(
                  "%-20s %6d training images%s"
                      .formatted(category, n - held, thresholds(category, held)));
            });
    lines.addAll(thresholdsAndStates());
    lines.addAll(need.lines());
    return lines;
  }

  /** Returns what is there already, and which categories get no thresholds. */
  private List<String> thresholdsAndStates() {
    List<String> lines = new ArrayList<>();
    images
        .train()
        .forEach(
            (category, n) ->
                uncalibrated(n, images.calibration().getOrDefault(category, 0L))
                    .ifPresent(
                        reason ->
                            lines.add("%-20s gets no thresholds: %s".formatted(category, reason))));
    states.forEach(
        (category, steps) ->
            steps.stream()
                .map(TrainingState::line)
                .filter(line -> !line.isEmpty())
                .distinct()
                .forEach(line -> lines.add("%-20s %s".formatted(category, line))));
    return lines;
  }

  private int held(String category, long n) {
    return images.calibration().getOrDefault(category, 0L) > 0 ? 0 : heldOut(n);
  }

  private int heldOut(long n) {
    return holdsOut()
        ? HeldOut.count(
            Math.toIntExact(n),
            config.calibration().share(),
            config.calibration().falsePositiveRate())
        : 0;
  }

  private boolean holdsOut() {
    return MethodTrainings.of(config.detectionMethod()).holdsOut();
  }

  /**
   * Returns why no thresholds will be set, if so.
   *
   * @param n training images
   * @param given images that the data set has for setting thresholds
   */
  private Optional<String> uncalibrated(long n, long given) {
    double rate = config.calibration().falsePositiveRate();
    if (given > 0) {
      return HeldOut.whyNotGiven(Math.toIntExact(given), "calibration", rate);
    }
    return holdsOut()
        ? HeldOut.whyNone(Math.toIntExact(n), config.calibration().share(), rate)
        : HeldOut.whyNotGiven(Math.toIntExact(n), "normal", rate);
  }

  private String thresholds(String category, int held) {
    long given = images.calibration().getOrDefault(category, 0L);
    if (given > 0) {
      return " and %d for calibration".formatted(given);
    }
    return held == 0 ? "" : " and %d held out".formatted(held);
  }

  /** Tells what the samples of a method take that makes them itself, in no table. */
  private String kept(String category, long n, MethodNetwork network) {
    NetworkSpec.SampleForm form =
        network.spec().sample(config.image().size().height(), config.image().size().width());
    long samples =
        (n - held(category, n))
            * MethodTrainings.of(config.detectionMethod()).samplesOfImage()
            * config.corruption().variants();
    return "%-20s keeps %,d samples, %s, in executors' memory and on their local disks while it trains"
        .formatted(
            category,
            samples,
            HumanUnits.bytes(samples * Float.BYTES * (form.inputs() + form.targets())));
  }

  private String line(String category, long n) {
    int held = held(category, n);
    int epochs = config.training().epochs();
    long samples =
        (n - held) * MethodTrainings.of(config.detectionMethod()).samplesOfImage() * epochs;
    return "%-20s %6d training images%s, %d %s, %,d samples to see"
        .formatted(
            category,
            n - held,
            thresholds(category, held),
            epochs,
            epochs == 1 ? "epoch" : "epochs",
            samples);
  }
}
