package org.fairspark.job.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.FairConfig;
import org.fairspark.config.SweepCells;
import org.fairspark.config.SweepCells.SweepCell;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.network.NetworkSpec;
import org.fairspark.runtime.JobPlan;
import org.fairspark.store.OutputRoot;

/**
 * The runs of a sweep: every cell, as often as it is repeated.
 *
 * @param config the sweep's own configuration
 * @param cells in order
 * @param trials all runs, cell by cell within each repetition, so that early results compare
 */
public record SweepPlan(FairConfig config, List<SweepCell> cells, List<Trial> trials)
    implements JobPlan {

  /**
   * One run of a cell.
   *
   * @param repetition from 0
   * @param config the cell's configuration with the repetition's own seed
   */
  public record Trial(SweepCell cell, int repetition, FairConfig config) {
    /** For people. */
    public String describe() {
      return "%s, seed %d".formatted(cell.name(), config.seed());
    }

    /** Its folder under the sweep's root: stable, and another for another configuration. */
    public String folder() {
      return "cells/%s-%s/%d"
          .formatted(
              cell.name().replaceAll("[^A-Za-z0-9.=_-]+", "_"), id().substring(0, 8), repetition);
    }

    /** Fingerprint of all that decides its result. */
    public String id() {
      return config.fingerprint(
          "data", "image", "filter", "corruption", "seed", "model", "training", "evaluation");
    }

    /** Returns the number of parameters of its network. */
    int parameters() {
      return new NetworkSpec(
              config.filter().extractor().channels(),
              config.model().width(),
              config.model().skips())
          .parameterCount();
    }

    /** What of it has to be prepared; runs of the same need it once. */
    public String preparation() {
      return samples();
    }

    /** What of it has to be corrupted; runs of the same need it once, whatever their filters. */
    public String corruption() {
      return config.fingerprint("data", "image", "corruption", "seed");
    }

    private String images() {
      return "shared/images-" + config.fingerprint("data", "image");
    }

    private String samples() {
      return "shared/samples-"
          + config.fingerprint("data", "image", "filter", "corruption", "seed");
    }

    private String models() {
      String shared =
          "shared/models-"
              + config.fingerprint(
                  "data", "image", "filter", "corruption", "seed", "model", "training");
      String method = config.detectionMethod().buildsOn();
      return method.equals(RestorationMethod.NAME) ? shared : shared + "-" + method;
    }

    /**
     * Its output root: its own folder, with images, samples and models shared with runs that need
     * the same.
     */
    public OutputRoot root(OutputRoot sweep, Configuration hadoop) {
      Path images = new Path(sweep.path(), images());
      OutputRoot root =
          OutputRoot.of(hadoop, new Path(sweep.path(), folder()).toString())
              .sharing("images", new Path(images, "images"))
              .sharing("quarantine", new Path(images, "quarantine"))
              .sharing("samples", new Path(sweep.path(), samples() + "/samples"));
      for (MethodNetwork network : config.detectionMethod().networks(config.detection())) {
        String folder = network.folder();
        root = root.sharing(folder, new Path(sweep.path(), models() + "/" + folder));
      }
      return root;
    }
  }

  /** The plan that a configuration asks for. */
  public static SweepPlan of(FairConfig config) {
    List<SweepCell> cells = SweepCells.of(config);
    List<Trial> trials = new ArrayList<>();
    for (int repetition = 0; repetition < config.sweep().repetitions(); repetition++) {
      for (SweepCell cell : cells) {
        FairConfig own =
            cell.config().with("seed", String.valueOf(cell.config().seed() + repetition));
        trials.add(new Trial(cell, repetition, own));
      }
    }
    return new SweepPlan(config, cells, List.copyOf(trials));
  }

  /** The runs of one cell. */
  List<Trial> trials(SweepCell cell) {
    return trials.stream().filter(t -> t.cell().equals(cell)).toList();
  }

  /** Whether cells are trained side by side, each in one task. */
  public boolean sideBySide() {
    return SweepCells.sideBySide(config);
  }

  /** What the cells share, in words. */
  public List<String> shared() {
    List<String> lines = new ArrayList<>();
    lines.add(shared("table of images", "tables of images", Trial::images));
    lines.add(shared("set of corrupted images", "sets of corrupted images", Trial::corruption));
    lines.add(shared("table of samples", "tables of samples", Trial::samples));
    lines.add(shared("training", "trainings", Trial::models));
    return lines;
  }

  private String shared(String one, String many, Function<Trial, String> part) {
    long different = trials.stream().map(part).distinct().count();
    return "%d %s for %d runs".formatted(different, different == 1 ? one : many, trials.size());
  }

  /** Returns the cells, what they share, and the work. */
  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d cells, %d repetitions each:".formatted(cells.size(), config.sweep().repetitions()));
    for (SweepCell cell : cells) {
      lines.add("  %-28s %s".formatted(cell.name(), settings(cell.settings())));
    }
    lines.addAll(shared());
    lines.add(
        sideBySide()
            ? "side by side: each model is trained whole in one Spark task"
            : "one after another: each model is trained by all executors");
    Map<String, Integer> trainings = new LinkedHashMap<>();
    trials.forEach(t -> trainings.putIfAbsent(t.models(), t.config().training().epochs()));
    lines.add(
        "%,d epochs of training for every category in all"
            .formatted(trainings.values().stream().mapToInt(Integer::intValue).sum()));
    return lines;
  }

  private static String settings(Map<String, String> settings) {
    return String.join(
        ", ", settings.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
  }
}
