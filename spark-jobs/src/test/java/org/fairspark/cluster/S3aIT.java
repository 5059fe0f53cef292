package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark on s3a:// with the preset that users get, against an S3 server of this machine. */
class S3aIT {
  @Test
  void presetBringsTheFileSystemAndItsCommitter(@TempDir Path work) throws IOException {
    fetch();
    Path target = Repository.root().resolve("spark-jobs/target/test-clusters");
    try (S3Store store = S3Store.start(work)) {
      SparkSubmit submit =
          SparkSubmit.to("local[2]", "client", work)
              .spark(SparkHome.askedFor())
              .option("--properties-file", preset(work).toString())
              .conf("spark.jars.ivy", target.resolve("ivy").toString());
      SparkSubmit.Result result =
          store
              .use(submit)
              .run(
                  300,
                  ClusterProbe.class,
                  ProbeJar.of(work, ClusterProbe.class),
                  "s3a://" + S3Store.BUCKET + "/table",
                  "s3a://" + S3Store.BUCKET + "/renamed");

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output())
          .contains("PROBE rows=1000 sum=332833500 executors=[driver] committer=magic");
      assertThat(store.copies()).as("what the probe's rename had copied").isPositive();
    }
  }

  /** Jobs write tables, models and scores; a rename would have the store copy what was written. */
  @Test
  void commitsCopyNoByte(@TempDir Path work) throws Exception {
    fetch();
    DemoDataset.Written data =
        DemoDataset.write(work.resolve("data"), 3, new DemoDataset.Size(64, 8, 3, 1));
    String bucket = "s3a://" + S3Store.BUCKET;
    String night = bucket + "/night";
    try (S3Store store = S3Store.start(work)) {
      submit(
          store,
          work,
          "run",
          "data.root=" + data.dataRoot(),
          "data.categories=[weave]",
          "corruption.textures=" + data.textures(),
          "output.root=" + bucket + "/out",
          "image.size=32",
          "corruption.variants=1",
          "model.width=2",
          "training.epochs=1",
          "evaluation.smoothing=5");
      String[] score = {
        "data.root=" + data.dataRoot().resolve("weave/test"),
        "score.category=weave",
        "score.model=" + bucket + "/out/models",
        "score.commit-images=4",
        "output.root=" + night
      };
      assertThat(submit(store, work, "score", score)).contains("weave");
      assertThat(submit(store, work, "score", with(score, "score.maps=all")))
          .as("every row is renewed")
          .contains("weave");
      assertThat(store.copies()).as("objects copied by run and score").isZero();
    }
  }

  private static void fetch() {
    MavenFolder.fetch(SparkHome.isNewestAskedFor() ? "s3a-4.2" : "s3a");
  }

  /**
   * Returns the preset, with the lines that it has for Spark 4.2 and this server where that Spark
   * is asked for.
   */
  private static Path preset(Path work) throws IOException {
    Path preset = Repository.root().resolve("conf/spark/s3a.properties");
    if (!SparkHome.isNewestAskedFor()) {
      return preset;
    }
    String text = Files.readString(preset);
    assertThat(text).contains("# spark.jars.packages=", "#spark.hadoop.fs.s3a.multiobjectdelete");
    return Files.writeString(
        work.resolve("s3a.properties"),
        text.replaceAll("(?m)^spark\\.jars\\.packages=.*", "")
            .replace("# spark.jars.packages=", "spark.jars.packages=")
            .replace("#spark.hadoop.fs.s3a.multi", "spark.hadoop.fs.s3a.multi"));
  }

  private static String[] with(String[] settings, String more) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = more;
    return all;
  }

  /** Runs a command with the preset and gives what it said. */
  private static String submit(S3Store store, Path work, String job, String... settings)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(job));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    Path target = Repository.root().resolve("spark-jobs/target/test-clusters");
    words.addAll(List.of("--", "--master", "local[2]", "--properties-file"));
    words.add(preset(work).toString());
    words.addAll(List.of("--conf", "spark.jars.ivy=" + target.resolve("ivy")));
    words.addAll(List.of("--conf", "spark.sql.shuffle.partitions=2"));
    words.addAll(store.options());
    SubmitScript script = store.use(new SubmitScript());
    if (SparkHome.isNewestAskedFor()) {
      script.with("SPARK_HOME", SparkHome.askedFor().toString());
    }
    Ended ended = script.with("SPARK_LOCAL_IP", "127.0.0.1").run(words.toArray(String[]::new));
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended.out();
  }
}
