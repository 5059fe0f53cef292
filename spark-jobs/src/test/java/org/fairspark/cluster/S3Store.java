package org.fairspark.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fairspark.submit.SubmitScript;

/**
 * An S3 server on 127.0.0.1 with one bucket, in a process of its own; its objects are gone with it.
 *
 * <p>Source of the program that runs there: {@code test-clusters/s3/S3Server.java}.
 */
final class S3Store implements AutoCloseable {
  static final String BUCKET = "fair";
  private static final String ACCESS_KEY = "test-access";
  private static final String SECRET_KEY = "test-secret";
  private static final int START_SECONDS = 120;

  private final ChildProcess process;
  private final String endpoint;
  private int questions;

  private S3Store(ChildProcess process, String endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts it and waits until it answers. Skips the test where its jars cannot be had. */
  static S3Store start(Path work) {
    Path jars = MavenFolder.jars("s3");
    Path sources = MavenFolder.sources("s3");
    ChildProcess process =
        ChildProcess.start(
            "s3",
            List.of(
                Repository.java(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                sources + ":" + jars + "/*",
                sources.resolve("S3Server.java").toString(),
                BUCKET,
                ACCESS_KEY,
                SECRET_KEY),
            Map.of(),
            work);
    try {
      return new S3Store(process, process.awaitLine("READY", START_SECONDS));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Points a call of {@code submit.sh}, which also needs {@link #options}, at this store. */
  SubmitScript use(SubmitScript submit) {
    return submit.with("AWS_ACCESS_KEY_ID", ACCESS_KEY).with("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
  }

  /** Options of {@code spark-submit} that name this server. */
  List<String> options() {
    return List.of(
        "--conf",
        "spark.hadoop.fs.s3a.endpoint=" + endpoint,
        "--conf",
        "spark.hadoop.fs.s3a.path.style.access=true");
  }

  /** Points a submission that uses the preset {@code conf/spark/s3a.properties} at this server. */
  SparkSubmit use(SparkSubmit submit) {
    return submit
        .environment("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        .environment("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        .conf("spark.hadoop.fs.s3a.endpoint", endpoint)
        .conf("spark.hadoop.fs.s3a.path.style.access", "true");
  }

  /** Counts the objects that clients have had copied so far, as a rename of theirs does. */
  long copies() {
    String question = String.valueOf(++questions);
    process.say(question);
    return Long.parseLong(process.awaitLine("COPIES " + question + ":", START_SECONDS));
  }

  @Override
  public void close() {
    process.close();
  }
}
