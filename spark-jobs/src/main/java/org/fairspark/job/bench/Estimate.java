package org.fairspark.job.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.training.TrainingPlan;

/**
 * The estimated duration of a job, from the measured durations of its stages.
 *
 * @param phases in the order of a run
 */
record Estimate(List<Phase> phases) {

  /**
   * A job's part.
   *
   * @param seconds by stage, of the whole cluster
   */
  record Phase(String name, Map<String, Double> seconds) {
    double total() {
      return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the stage that takes longest. */
    String bound() {
      return seconds.entrySet().stream()
          .max(Comparator.comparingDouble(Map.Entry::getValue))
          .map(Map.Entry::getKey)
          .orElse("nothing");
    }

    double boundShare() {
      return seconds.get(bound()) / total();
    }
  }

  /** Returns the phase that takes longest. */
  Phase longest() {
    return phases.stream().max(Comparator.comparingDouble(Phase::total)).orElseThrow();
  }

  /**
   * Estimates the job's duration.
   *
   * @param seconds seconds per image by stage, of one task
   * @param tasks that all executors run at the same time
   * @param training settings of one category's training, workers as many as executors
   * @param restore the stage that restores
   */
  static Estimate of(
      BenchPlan plan,
      Map<String, Double> seconds,
      int tasks,
      TrainingPlan training,
      AveragingCost averaging,
      String restore) {
    long images = plan.bench().images();
    long samples = (long) plan.bench().trainingImages() * training.variants();
    Phases phases = new Phases(seconds, tasks);
    phases.begin("prepare");
    phases.add(CoreKernels.DECODE_PNG, images);
    phases.add(CoreKernels.RESIZE, images);
    phases.add(TableBench.WRITE + "images/", images);
    phases.add(CoreKernels.SAMPLE, samples);
    phases.add(TableBench.WRITE + "samples/", samples);
    phases.begin("train");
    long rounds = (long) training.epochs() * roundsPerEpoch(training);
    // Workers step side by side; the slowest has a whole block in every round.
    phases.current.put(
        NetworkKernels.TRAIN, rounds * training.blockSize() * seconds.get(NetworkKernels.TRAIN));
    phases.current.put("averaging", rounds * averaging.seconds(training.workers()));
    phases.begin("score");
    phases.add(TableBench.READ + "images/", images);
    phases.add(CoreKernels.FILTER + CoreKernels.word(plan.filter().kind()), images);
    phases.add(restore, images);
    phases.add(CoreKernels.ANOMALY, images);
    phases.add(TableBench.WRITE + "maps/", images);
    phases.add(CoreKernels.METRICS, images);
    return new Estimate(phases.all);
  }

  private static int roundsPerEpoch(TrainingPlan plan) {
    return (plan.blocksPerVariant() + plan.workers() - 1) / plan.workers();
  }

  private static final class Phases {
    private final Map<String, Double> seconds;
    private final int tasks;
    private final List<Phase> all = new ArrayList<>();
    private Map<String, Double> current;

    Phases(Map<String, Double> seconds, int tasks) {
      this.seconds = seconds;
      this.tasks = tasks;
    }

    void begin(String name) {
      current = new LinkedHashMap<>();
      all.add(new Phase(name, current));
    }

    void add(String stage, long images) {
      current.put(stage, images * seconds.get(stage) / tasks);
    }
  }
}
