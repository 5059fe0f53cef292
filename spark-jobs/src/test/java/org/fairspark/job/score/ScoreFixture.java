package org.fairspark.job.score;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.submission.SubmissionJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/** Two small calibrated models, made once, and archives to score with them. */
final class ScoreFixture {
  private static Path models;
  private static DemoDataset.Written data;
  private static FairConfig trainedWith;

  final SparkSession spark = LocalSpark.session();
  final Path archive;
  final Path output;
  final List<String> settings = new ArrayList<>();

  /** The most images that are planned on the driver. */
  int small = ScorePlan.SMALL;

  String terminal = "";

  ScoreFixture(Path folder) throws Exception {
    train();
    archive = Files.createDirectories(folder.resolve("archive #1"));
    output = folder.resolve("night");
    set("data.root=" + archive);
    set("output.root=" + output);
    set("score.model=" + models);
    set("score.engine=dl4j");
    set("bad-records.max-ratio=1");
  }

  private static synchronized void train() throws Exception {
    if (models != null) {
      return;
    }
    Path folder = Files.createTempDirectory("models");
    folder.toFile().deleteOnExit();
    data = DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 24, 3, 1));
    trainedWith =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "corruption.textures=" + data.textures(),
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=2",
                "calibration.share=0.5",
                "calibration.false-positive-rate=0.1",
                "evaluation.smoothing=5"));
    JobCall.run(new PrepareJob(), trainedWith);
    JobCall.run(new TrainJob(), trainedWith);
    models = folder.resolve("out/models");
  }

  FairConfig trainedWith() {
    return trainedWith;
  }

  Path models() {
    return models;
  }

  void set(String setting) {
    settings.add(setting);
  }

  /**
   * Returns the demonstration's test images of a category and kind, in the order of their names.
   */
  List<Path> images(String category, String defect) throws Exception {
    try (var files = Files.list(data.dataRoot().resolve(category + "/test/" + defect))) {
      return files.sorted().toList();
    }
  }

  /** Puts a file into the archive. */
  Path put(String name, byte[] bytes) throws Exception {
    Path file = archive.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  Path put(String name, Path from) throws Exception {
    return put(name, Files.readAllBytes(from));
  }

  ScoreResult run(String... more) throws Exception {
    StringBuilder said = new StringBuilder();
    try {
      return (ScoreResult) JobCall.run(new ScoreJob(small), config(more), said);
    } finally {
      terminal = said.toString();
    }
  }

  JobResult plan(String... more) throws Exception {
    return JobCall.plan(new ScoreJob(small), config(more));
  }

  /** Plans in a process where Spark cannot be started: few images need none. */
  JobResult planWithoutSpark(String... more) throws Exception {
    return JobCall.planWithoutSpark(new ScoreJob(small), config(more));
  }

  private FairConfig config(String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(more));
    return ConfigLoader.load(List.of(), all);
  }

  /** Writes the report of the output. */
  JobResult report() throws Exception {
    return JobCall.run(new ReportJob(), config());
  }

  /** Writes what an evaluation server takes of the output. */
  JobResult submission() throws Exception {
    return JobCall.run(new SubmissionJob(), config());
  }

  OutputRoot root() {
    return OutputRoot.of(spark.sparkContext().hadoopConfiguration(), output.toString());
  }

  /** Returns the data files of {@code scores/}, as a listing gives them. */
  List<Path> dataFiles() throws Exception {
    try (var files = Files.list(output.resolve("scores"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  /** Returns all rows, as this program reads them. */
  List<Row> rows() throws Exception {
    return new ScoresStore(root()).rows(spark).orderBy(ScoresTable.PATH).collectAsList();
  }

  /** Returns the row of every image, by its name below the data root. */
  TreeMap<String, Row> newest() throws Exception {
    TreeMap<String, Row> newest = new TreeMap<>();
    for (Row row : rows()) {
      Row before = newest.put(row.getAs(ScoresTable.NAME_BELOW_ROOT), row);
      if (before != null) {
        throw new AssertionError("twice: " + row);
      }
    }
    return newest;
  }
}
