package org.fairspark.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.submit.ShortLivedJvm;

/** A bare {@code spark-submit} in a process of its own, as a platform engineer would call it. */
final class SparkSubmit {
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Path work;
  private Path spark;

  private SparkSubmit(Path work) {
    this.work = work;
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_SUBMIT_OPTS", ShortLivedJvm.options());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_LOCAL_HOSTNAME", "localhost");
    // A container inherits none of this process's environment.
    conf("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1");
    conf("spark.yarn.appMasterEnv.SPARK_LOCAL_IP", "127.0.0.1");
    conf("spark.driver.host", "127.0.0.1");
    conf("spark.ui.enabled", "false");
    conf("spark.driver.memory", "512m");
    conf("spark.executor.memory", "512m");
    conf("spark.sql.shuffle.partitions", "2");
    conf("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    conf("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s");
  }

  /**
   * Returns a submission to a master.
   *
   * @param master as {@code --master} takes it
   * @param deployMode client or cluster
   * @param work a folder for its output and whatever it leaves behind
   */
  static SparkSubmit to(String master, String deployMode, Path work) {
    return new SparkSubmit(work).option("--master", master).option("--deploy-mode", deployMode);
  }

  SparkSubmit option(String name, String value) {
    options.add(name);
    options.add(value);
    return this;
  }

  SparkSubmit conf(String key, String value) {
    return option("--conf", key + "=" + value);
  }

  /** Takes another Spark than the one that the build assembles. */
  SparkSubmit spark(Path home) {
    spark = home;
    return this;
  }

  SparkSubmit environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Starts the main class of an application jar and returns at once. */
  ChildProcess start(Class<?> main, Path jar, String... arguments) {
    List<String> command = new ArrayList<>();
    Path home = spark == null ? SparkHome.path() : spark;
    command.add(home.resolve("bin/spark-submit").toString());
    command.addAll(options);
    command.addAll(List.of("--class", main.getName(), jar.toString()));
    command.addAll(List.of(arguments));
    return ChildProcess.start("submit-" + main.getSimpleName(), command, environment, work);
  }

  /** Runs it to its end: exit code and all that it printed. */
  Result run(int seconds, Class<?> main, Path jar, String... arguments) {
    try (ChildProcess process = start(main, jar, arguments)) {
      return new Result(process.awaitExit(seconds), process.output());
    }
  }

  record Result(int exitCode, String output) {}
}
