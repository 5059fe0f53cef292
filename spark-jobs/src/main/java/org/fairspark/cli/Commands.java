package org.fairspark.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.fairspark.job.bench.BenchJob;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.manifest.ManifestJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.run.DemoJob;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.job.submission.SubmissionJob;
import org.fairspark.job.sweep.SweepJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.runtime.Job;

/** The commands of this program. A new job is one entry here. */
final class Commands {
  private static final List<String> ALL_SETTINGS = List.of("");

  private Commands() {}

  /** Returns the jobs, in the order in which a new user meets them. */
  static List<JobCommand> all() {
    return List.of(
        demo(),
        run(),
        manifest(),
        prepare(),
        train(),
        evaluate(),
        report(),
        score(),
        sweep(),
        bench(),
        submission());
  }

  private static JobCommand demo() {
    return new JobCommand(
        "demo",
        "Make a small factory data set and do on it what run does, in a few minutes",
        List.of(),
        ALL_SETTINGS,
        Optional.of("fair-demo.conf"),
        List.of(
            "",
            "--set output.root=/tmp/fair-demo",
            "--set output.root=/tmp/fair-demo-sobel --set filter.kind=sobel"),
        DemoJob::new);
  }

  private static JobCommand run() {
    return command(
        "run",
        "Prepare, train, evaluate and report, from image files to the report",
        List.of("data.root"),
        ALL_SETTINGS,
        RunJob::new,
        "--conf data/mvtec.conf --set data.root=/data/mvtec_ad --set output.root=/data/out",
        "--conf data/folder.conf --set data.root=/data/parts --dry-run",
        "--conf /data/out/manifest.json --set output.root=/data/again",
        "--conf data/visa.conf --set data.root=s3a://bucket/visa -- --master yarn");
  }

  private static JobCommand manifest() {
    return new JobCommand(
        "manifest",
        "Write the images of a data set as a table, to be edited and read with"
            + " data.layout=manifest",
        List.of("data.root"),
        List.of("data", "manifest"),
        Optional.empty(),
        List.of(
            "--layout folder --set data.root=/data/parts",
            "--layout mvtec --set data.root=hdfs:///mvtec_ad"),
        new TreeMap<>(Map.of("--layout", "data.layout", "--to", "manifest.to")),
        ManifestJob::new);
  }

  private static JobCommand prepare() {
    return command(
        "prepare",
        "Read the data set, and write its images and corrupted training samples as Parquet",
        List.of("data.root"),
        List.of(
            "data",
            "image",
            "method",
            "filter",
            "corruption",
            "samples",
            "seed",
            "bad-records",
            "output",
            "tracking.openlineage"),
        PrepareJob::new,
        "--conf data/mvtec.conf --set data.root=/data/mvtec_ad --set output.root=/data/out",
        "--conf data/folder.conf --set data.root=hdfs:///parts --dry-run");
  }

  private static JobCommand train() {
    return command(
        "train",
        "Train one model per category from what prepare wrote; goes on where it was interrupted",
        List.of(),
        List.of(
            "data.categories",
            "image",
            "method",
            "filter",
            "corruption",
            "seed",
            "model",
            "training",
            "inspection",
            "calibration",
            "evaluation",
            "score.engine",
            "inference",
            "export",
            "output",
            "tracking.openlineage"),
        TrainJob::new,
        "--set output.root=/data/out --set training.epochs=30",
        "--set output.root=/data/out -- --master spark://host:7077 --executor-memory 8g");
  }

  private static JobCommand evaluate() {
    return command(
        "evaluate",
        "Restore the test images, and write anomaly maps, scores and metrics",
        List.of(),
        List.of(
            "data.categories",
            "evaluation",
            "inference",
            "robustness",
            "output",
            "tracking.openlineage"),
        EvaluateJob::new,
        "--set output.root=/data/out",
        "--set output.root=/data/out --dry-run");
  }

  private static JobCommand report() {
    return command(
        "report",
        "Write report/index.html from finished results",
        List.of(),
        List.of("data.categories", "output", "tracking.openlineage"),
        ReportJob::new,
        "--set output.root=/data/out");
  }

  private static JobCommand score() {
    return command(
        "score",
        "Score unlabelled images with trained models: a short list of the suspicious",
        List.of("data.root", "score.model"),
        List.of(
            "data.root",
            "score",
            "image.max-pixels",
            "evaluation.batch-size",
            "inference",
            "bad-records",
            "output",
            "tracking.openlineage"),
        ScoreJob::new,
        "--set data.root=/archive --set score.model=/data/out/models --set output.root=/data/night",
        "--set data.root=hdfs:///parts --set score.model=hdfs:///out/models/bottle"
            + " --set output.root=hdfs:///night --dry-run");
  }

  private static JobCommand submission() {
    return command(
        "submission",
        "Write what the evaluation server of MVTec AD 2 takes, from scores with score.maps=all",
        List.of(),
        List.of("output"),
        SubmissionJob::new,
        "--help");
  }

  private static JobCommand sweep() {
    return command(
        "sweep",
        "Run every combination of a grid of settings, and compare",
        List.of("data.root"),
        ALL_SETTINGS,
        SweepJob::new,
        "--conf data/mvtec.conf --conf sweeps/filters.conf --set data.root=/data/mvtec_ad",
        "--conf data/folder.conf --set data.root=/data/parts"
            + " --set 'sweep.grid.filter.cutoff=[10, 30, 60]' --dry-run");
  }

  private static JobCommand bench() {
    return command(
        "bench",
        "Measure this machine or cluster stage by stage, and estimate how long a job takes",
        List.of(),
        List.of(
            "image",
            "filter",
            "corruption",
            "model",
            "training",
            "evaluation",
            "bench",
            "output",
            "tracking.openlineage"),
        BenchJob::new,
        "--set image.size=128 --set model.width=16",
        "--set bench.images=10000000 --set bench.executors=32 -- --master spark://host:7077");
  }

  private static JobCommand command(
      String name,
      String summary,
      List<String> required,
      List<String> sections,
      Supplier<Job<?, ?>> job,
      String... examples) {
    return new JobCommand(
        name, summary, required, sections, Optional.empty(), List.of(examples), job);
  }
}
