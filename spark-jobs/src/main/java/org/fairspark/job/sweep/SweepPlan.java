package org.fairspark.job.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fairspark.config.FairConfig;
import org.fairspark.config.TrialGroup;
import org.fairspark.config.TrialGroups;
import org.fairspark.runtime.JobPlan;

/**
 * The trials of a sweep: every group, as often as it is repeated.
 *
 * @param config the sweep's own configuration
 * @param groups in order
 * @param files what lies below the data roots, line by line; empty unless the plan is all that is
 *     asked for
 * @param trials group by group within each repetition, so that early results compare
 */
record SweepPlan(FairConfig config, List<TrialGroup> groups, List<String> files, List<Trial> trials)
    implements JobPlan {

  /** Returns the plan that a configuration asks for. */
  static SweepPlan of(FairConfig config) {
    List<TrialGroup> groups = TrialGroups.of(config);
    List<Trial> trials = new ArrayList<>();
    for (int repetition = 0; repetition < config.sweep().repetitions(); repetition++) {
      for (TrialGroup group : groups) {
        FairConfig seeded =
            group.config().with("seed", String.valueOf(group.config().seed() + repetition));
        trials.add(new Trial(group, repetition, seeded));
      }
    }
    return new SweepPlan(config, groups, List.of(), List.copyOf(trials));
  }

  /** Returns the plan with the files that were found for it. */
  SweepPlan with(List<String> found) {
    return new SweepPlan(config, groups, List.copyOf(found), trials);
  }

  /** Returns the trials of one group. */
  List<Trial> trials(TrialGroup group) {
    return trials.stream().filter(t -> t.group().equals(group)).toList();
  }

  /** Returns whether trials are trained side by side, each in one task. */
  boolean sideBySide() {
    return TrialGroups.sideBySide(config);
  }

  /** Returns in words what the trials share. */
  List<String> shared() {
    List<String> lines = new ArrayList<>();
    List<Trial> sampled = trials.stream().filter(t -> t.config().samplesPerImage() > 0).toList();
    lines.add(shared("table of images", "tables of images", trials, Trial::images));
    lines.add(
        shared("set of corrupted images", "sets of corrupted images", sampled, Trial::corruption));
    lines.add(shared("table of samples", "tables of samples", sampled, Trial::samples));
    lines.add(shared("training", "trainings", trials, Trial::models));
    return lines;
  }

  /** Returns how many different parts the runs have that need such a part. */
  private static String shared(
      String one, String many, List<Trial> need, Function<Trial, String> part) {
    long different = need.stream().map(part).distinct().count();
    return "%d %s for %d %s"
        .formatted(
            different, different == 1 ? one : many, need.size(), need.size() == 1 ? "run" : "runs");
  }

  /** Returns the groups, what their trials share, and the work. */
  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d cells, %d repetitions each:".formatted(groups.size(), config.sweep().repetitions()));
    for (TrialGroup group : groups) {
      lines.add("  %-28s %s".formatted(group.name(), settings(group.settings())));
    }
    lines.addAll(shared());
    lines.add(
        sideBySide()
            ? "side by side: each model is trained whole in one Spark task"
            : "one after another: each model is trained by all executors");
    Map<String, Integer> trainings = new LinkedHashMap<>();
    trials.stream()
        .filter(Trial::trainsNetworks)
        .forEach(t -> trainings.putIfAbsent(t.models(), t.config().training().epochs()));
    lines.add(
        "%,d epochs of training for every category in all"
            .formatted(trainings.values().stream().mapToInt(Integer::intValue).sum()));
    lines.addAll(files);
    return lines;
  }

  private static String settings(Map<String, String> settings) {
    return String.join(
        ", ", settings.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
  }
}
