package org.fairspark.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairspark.job.Job;

/** The commands of this program. A new job is one entry here. */
final class Commands {
  private static final List<String> ALL_SETTINGS = List.of("");

  private Commands() {}

  /** The jobs whose classes are there, in the order of a first acquaintance. */
  static List<JobCommand> all() {
    return Stream.of(
            demo(), run(), prepare(), train(), evaluate(), report(), score(), sweep(), bench())
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<JobCommand> demo() {
    return command(
        "demo",
        "Make a small factory data set and do on it what run does, in a few minutes",
        List.of(),
        ALL_SETTINGS,
        "",
        "--set output.root=/tmp/fair-demo",
        "--set filter.kind=sobel --set training.epochs=10");
  }

  private static Optional<JobCommand> run() {
    return command(
        "run",
        "Prepare, train, evaluate and report, from image files to the report",
        List.of("data.root"),
        ALL_SETTINGS,
        "--conf data/mvtec.conf --set data.root=/data/mvtec_ad --set output.root=/data/out",
        "--conf data/folder.conf --set data.root=/data/parts --dry-run",
        "--conf /data/out/manifest.json --set output.root=/data/again",
        "--conf data/visa.conf --set data.root=s3a://bucket/visa -- --master yarn");
  }

  private static Optional<JobCommand> prepare() {
    return command(
        "prepare",
        "Read the data set, and write its images and corrupted training samples as Parquet",
        List.of("data.root"),
        List.of("data", "image", "filter", "corruption", "seed", "bad-records", "output"),
        "--conf data/mvtec.conf --set data.root=/data/mvtec_ad --set output.root=/data/out",
        "--conf data/folder.conf --set data.root=hdfs:///parts --dry-run");
  }

  private static Optional<JobCommand> train() {
    return command(
        "train",
        "Train one model a category from what prepare wrote; goes on where it was interrupted",
        List.of(),
        List.of(
            "data.categories",
            "image",
            "filter",
            "corruption",
            "seed",
            "model",
            "training",
            "output"),
        "--set output.root=/data/out --set training.epochs=30",
        "--set output.root=/data/out -- --master spark://host:7077 --executor-memory 8g");
  }

  private static Optional<JobCommand> evaluate() {
    return command(
        "evaluate",
        "Restore the test images, and write anomaly maps, scores and metrics",
        List.of(),
        List.of("data.categories", "evaluation", "output"),
        "--set output.root=/data/out",
        "--set output.root=/data/out --set evaluation.color-order=reference-bgr");
  }

  private static Optional<JobCommand> report() {
    return command(
        "report",
        "Write report/index.html from finished results",
        List.of(),
        List.of("data.categories", "output"),
        "--set output.root=/data/out");
  }

  private static Optional<JobCommand> score() {
    return command(
        "score",
        "Score unlabelled images with a trained model",
        List.of("data.root", "score.model"),
        List.of("data", "score", "evaluation", "bad-records", "output"),
        "--set data.root=/archive --set score.model=/data/out/models --set output.root=/night");
  }

  private static Optional<JobCommand> sweep() {
    return command(
        "sweep",
        "Run every combination of a grid of settings, and compare",
        List.of("data.root"),
        ALL_SETTINGS,
        "--conf data/mvtec.conf --conf sweeps/filters.conf --set data.root=/data/mvtec_ad",
        "--set data.root=/data/parts --set 'sweep.grid.filter.cutoff=[10, 30, 60]' --dry-run");
  }

  private static Optional<JobCommand> bench() {
    return command(
        "bench",
        "Measure this machine or cluster stage by stage, and estimate how long a job takes",
        List.of(),
        List.of("image", "filter", "corruption", "model", "training", "evaluation"),
        "--set image.size=128 --set model.width=16");
  }

  private static Optional<JobCommand> command(
      String name,
      String summary,
      List<String> required,
      List<String> sections,
      String... examples) {
    String type =
        "org.fairspark.job."
            + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + name.substring(1)
            + "Job";
    try {
      Class<? extends Job> job =
          Class.forName(type, false, Commands.class.getClassLoader()).asSubclass(Job.class);
      Optional<String> preset =
          name.equals("demo") ? Optional.of("fair-demo.conf") : Optional.empty();
      return Optional.of(
          new JobCommand(
              name, summary, required, sections, preset, List.of(examples), () -> make(job)));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Job make(Class<? extends Job> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no constructor without arguments", e);
    }
  }
}
