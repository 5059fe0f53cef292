package org.fairspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.fairspark.config.FairConfig;
import org.fairspark.inference.DetectingGpus;
import org.fairspark.inference.EngineChoice;
import org.fairspark.runtime.JobPlan;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.text.HumanUnits;

/**
 * The work of {@code evaluate}.
 *
 * @param tests test images by category
 * @param choice of the engine that restores
 * @param gpus that restore
 * @param need the memory that restoring takes
 * @param state human-readable lines about what is there already, as far as that is known
 */
record EvaluatePlan(
    FairConfig config,
    SortedMap<String, Long> tests,
    EngineChoice choice,
    DetectingGpus gpus,
    MemoryPlan need,
    List<String> state)
    implements JobPlan {
  /** Test images of a task: enough to be worth a model's loading, few enough to spread. */
  private static final int IMAGES_PER_TASK = 32;

  /** Bytes of {@code maps/} of a pixel: its map, a mask, and what compression leaves of both. */
  private static final long BYTES_PER_PIXEL = 5;

  @Override
  public Optional<MemoryPlan> memory() {
    return Optional.of(need);
  }

  /** Returns the number of test images. */
  long total() {
    return tests.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the number of tasks that so many images are worth. */
  static int tasks(long images) {
    return (int) ((images + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    tests.forEach((category, n) -> lines.add("%-20s %6d test images".formatted(category, n)));
    long bytes = total() * config.image().size().pixels() * BYTES_PER_PIXEL;
    lines.add(
        config.image().tiles()
            ? "maps/ holds maps of the images' own sizes, made in %d tasks"
                .formatted(tasks(total()))
            : "maps/ takes at most %s in %d tasks"
                .formatted(HumanUnits.bytes(bytes), tasks(total())));
    lines.addAll(need.lines());
    choice.instead().ifPresent(lines::add);
    gpus.line().ifPresent(lines::add);
    idleChanges(config).ifPresent(lines::add);
    lines.addAll(state);
    return lines;
  }

  /** Returns a line about the stated changes that leave the images as they are, if any do. */
  static Optional<String> idleChanges(FairConfig config) {
    // Tiled images keep their own sizes.
    return config.image().tiles()
        ? Optional.empty()
        : config.robustness().idleAt(config.image().size());
  }
}
