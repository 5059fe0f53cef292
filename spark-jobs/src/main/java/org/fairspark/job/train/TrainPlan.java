package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.network.NetworkSpec;
import org.fairspark.runtime.JobPlan;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.spark.StateBytes;
import org.fairspark.text.HumanUnits;

/**
 * The work of {@code train}.
 *
 * @param images training images by category
 * @param calibration images that the data set has for setting thresholds, by category
 * @param workers of a round
 * @param need the memory that training takes
 */
record TrainPlan(
    FairConfig config,
    SortedMap<String, Long> images,
    SortedMap<String, Long> calibration,
    Workers workers,
    MemoryPlan need)
    implements JobPlan {

  @Override
  public Optional<MemoryPlan> memory() {
    return Optional.of(need);
  }

  @Override
  public List<String> lines() {
    if (config.detectionMethod().needsBackbone()) {
      return fitted();
    }
    NetworkSpec shape = config.detection().networkSpec();
    List<String> lines = new ArrayList<>();
    lines.add(
        "network: width %d, %,d parameters; %s"
            .formatted(shape.width(), shape.parameterCount(), workers.describe()));
    if (!workers.engine().line().isEmpty()) {
      lines.add(workers.engine().line());
    }
    config.detectionMethod().networks(config.detection()).stream()
        .skip(1)
        .forEach(
            network ->
                lines.add(
                    "%s: width %d, %,d parameters; trained after it, in one task"
                        .formatted(
                            network.name(),
                            network.spec().width(),
                            network.spec().parameterCount())));
    images.forEach((category, n) -> lines.add(line(category, n)));
    lines.add(
        "every averaging moves %s per worker".formatted(HumanUnits.bytes(StateBytes.of(shape))));
    lines.addAll(need.lines());
    return lines;
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
    images.forEach(
        (category, n) -> {
          int held = held(category, n);
          lines.add(
              "%-20s %6d training images%s"
                  .formatted(category, n - held, thresholds(category, held)));
        });
    lines.addAll(need.lines());
    return lines;
  }

  private int held(String category, long n) {
    return calibration.getOrDefault(category, 0L) > 0
        ? 0
        : HeldOut.count(
            Math.toIntExact(n),
            config.calibration().share(),
            config.calibration().falsePositiveRate());
  }

  private String thresholds(String category, int held) {
    long given = calibration.getOrDefault(category, 0L);
    if (given > 0) {
      return " and %d for calibration".formatted(given);
    }
    return held == 0 ? "" : " and %d held out".formatted(held);
  }

  private String line(String category, long n) {
    int held = held(category, n);
    int epochs = config.training().epochs();
    return "%-20s %6d training images%s, %d epochs, %,d samples to see"
        .formatted(category, n - held, thresholds(category, held), epochs, (n - held) * epochs);
  }
}
