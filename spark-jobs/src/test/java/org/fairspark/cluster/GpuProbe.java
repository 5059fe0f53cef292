package org.fairspark.cluster;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskDevice;

/** A job that says which GPUs its tasks were given while all of them run at once. */
public final class GpuProbe {
  private static final int TASKS = 4;

  private GpuProbe() {}

  /**
   * Arguments: a folder that all executors share, and the stages to run. Lines: stage, executor and
   * its tasks' GPUs.
   */
  public static void main(String[] args) {
    try (JavaSparkContext spark = new JavaSparkContext()) {
      JavaRDD<Integer> numbers =
          spark.parallelize(IntStream.range(0, TASKS).boxed().toList(), TASKS);
      String folder = args[0];
      for (String stage : Arrays.asList(args).subList(1, args.length)) {
        String meeting = Path.of(folder, stage).toString();
        switch (stage) {
          case "cpu" -> print(stage, numbers.map(n -> ask(meeting, false)).collect());
          case "gpu" ->
              print(stage, GpuStages.onGpu(numbers.map(n -> ask(meeting, false))).collect());
          default ->
              print(
                  stage, GpuStages.detecting(numbers.map(n -> ask(meeting, true)), true).collect());
        }
      }
    }
  }

  private static void print(String stage, List<String> lines) {
    lines.stream().sorted().forEach(line -> System.out.println(stage + " " + line));
  }

  /** Waits until all tasks of the stage run, so that none can have what another had before. */
  private static String ask(String folder, boolean shared) throws IOException {
    Path meeting = Path.of(folder);
    Files.createDirectories(meeting);
    try {
      Files.createFile(meeting.resolve(Integer.toString(TaskContext.getPartitionId())));
    } catch (FileAlreadyExistsException e) {
      // A second attempt has been here.
    }
    Processes.await(
        TASKS + " tasks at once",
        120,
        () -> {
          try (Stream<Path> files = Files.list(meeting)) {
            return files.count() == TASKS;
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    return "executor %s %s"
        .formatted(
            SparkEnv.get().executorId(),
            (shared ? TaskDevice.shared() : TaskDevice.assignment()).indexes());
  }
}
