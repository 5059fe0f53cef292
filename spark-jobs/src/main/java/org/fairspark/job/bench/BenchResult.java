package org.fairspark.job.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.fairspark.runtime.JobResult;
import org.fairspark.text.HumanUnits;

/**
 * The result of {@code bench}: the measurements, and what is estimated from them.
 *
 * @param file that holds the same for programs
 * @param machine a description of what was measured
 * @param averaging the cost of a round of averaging
 * @param epochs of the training that the estimate is of
 */
record BenchResult(
    Path file,
    BenchPlan plan,
    String machine,
    int executors,
    List<Measured> stages,
    Estimate estimate,
    AveragingCost averaging,
    int epochs)
    implements JobResult {
  private static final List<Integer> CLUSTERS = List.of(1, 8, 32, 128);

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(machine);
    lines.add(
        "%s pixels by %s, width %d, batches of %d to train and %d to restore"
            .formatted(
                plan.size().both(),
                plan.reductionWord(),
                plan.shape().width(),
                plan.trainingBatch(),
                plan.inferenceBatch()));
    lines.add("");
    lines.add(
        "%-38s %10s %14s %12s %8s".formatted("stage", "ms", "img/s per task", "at once", "spread"));
    for (Measured stage : stages) {
      lines.add(line(stage));
    }
    lines.add("");
    lines.add(
        text(
            "%,d images, and %,d epochs over %,d training images, on %d executors like these:",
            plan.bench().images(),
            epochs,
            plan.bench().trainingImages(),
            plan.bench().executors()));
    for (Estimate.Phase phase : estimate.phases()) {
      lines.add(
          text(
              "  %-8s %12s   bound by %s (%.0f %%)",
              phase.name(), time(phase.total()), phase.bound(), 100 * phase.boundShare()));
    }
    lines.add(
        "  the whole is bound by %s: %s"
            .formatted(estimate.longest().name(), estimate.longest().bound()));
    lines.add("");
    lines.add(
        text(
            "averaging, at %.0f Gbit/s, %s a worker each way:",
            plan.bench().gigabits(), HumanUnits.bytes(averaging.stateBytes())));
    for (int workers : CLUSTERS) {
      lines.add(
          text(
              "  %3d workers %10s per round, %8.3f s on the wire, %8.3f s in all",
              workers,
              HumanUnits.bytes(averaging.bytes(workers)),
              averaging.wireSeconds(workers),
              averaging.seconds(workers)));
    }
    lines.add("");
    lines.add(file.toString());
    return lines;
  }

  private static String line(Measured stage) {
    Timing timing = stage.timing();
    return text(
        "%-38s %10.3f %14.1f %9s %8.0f %%",
        stage.stage(),
        1000 * timing.seconds(),
        stage.rate(),
        stage.atOnce() + " x " + stage.threads(),
        100 * (timing.high() - timing.low()) / timing.seconds());
  }

  /** Returns a duration such as {@code 2 h 13 min}. */
  static String time(double seconds) {
    if (seconds < 60) {
      return text("%.1f s", seconds);
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 60 ? minutes + " min" : "%d h %02d min".formatted(minutes / 60, minutes % 60);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Returns what {@code bench.json} holds. */
  @Override
  public Map<String, Object> details() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", machine);
    all.put("executors", executors);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("size", plan.size().plain());
    settings.put("width", plan.shape().width());
    settings.put("training_batch", plan.trainingBatch());
    settings.put("inference_batch", plan.inferenceBatch());
    settings.put("reduction", plan.reductionWord());
    settings.put("source_size", plan.bench().sourceSize());
    all.put("settings", settings);
    List<Map<String, Object>> measured = new ArrayList<>();
    for (Measured stage : stages) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("stage", stage.stage());
      one.put("seconds", stage.timing().seconds());
      one.put("lower_quartile", stage.timing().low());
      one.put("upper_quartile", stage.timing().high());
      one.put("samples", stage.timing().samples());
      one.put("images_per_second_a_task", stage.rate());
      one.put("images_per_second", stage.allTogether());
      one.put("tasks_at_once", stage.atOnce());
      one.put("threads_a_task", stage.threads());
      measured.add(one);
    }
    all.put("stages", measured);
    Map<String, Object> estimated = new LinkedHashMap<>();
    estimated.put("images", plan.bench().images());
    estimated.put("training_images", plan.bench().trainingImages());
    estimated.put("epochs", epochs);
    estimated.put("executors", plan.bench().executors());
    for (Estimate.Phase phase : estimate.phases()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("seconds", phase.total());
      one.put("bound_by", phase.bound());
      one.put("stages", phase.seconds());
      estimated.put(phase.name(), one);
    }
    estimated.put("bound_by", estimate.longest().name());
    all.put("estimate", estimated);
    List<Map<String, Object>> rounds = new ArrayList<>();
    for (int workers : CLUSTERS) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("workers", workers);
      one.put("bytes", averaging.bytes(workers));
      one.put("wire_seconds", averaging.wireSeconds(workers));
      one.put("seconds", averaging.seconds(workers));
      rounds.add(one);
    }
    all.put("averaging", rounds);
    return all;
  }
}
