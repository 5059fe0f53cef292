package org.fairspark.spark;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.fairspark.failure.FairException;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.text.HumanUnits;

/**
 * The memory that executors and driver have, as far as it can be known.
 *
 * @param local whether one process does all the work
 * @param heap of an executor, bytes
 * @param outside of an executor's heap, bytes, where a resource manager holds it to that
 * @param machine bytes of this machine that the process may take; asked where it does all the work
 * @param driverHeap bytes
 */
public record MemoryLimits(
    boolean local, long heap, OptionalLong outside, OptionalLong machine, long driverHeap) {
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String FACTOR = "spark.executor.memoryOverheadFactor";
  private static final String INSTANCES = "spark.executor.instances";
  private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String MAX_BYTES = "org.bytedeco.javacpp.maxbytes";
  private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final long MEBI = 1L << 20;
  private static final double DEFAULT_FACTOR = 0.1;

  /** Returns the limits of the running Spark. */
  public static MemoryLimits of(SparkConf conf) {
    boolean local = isLocal(conf);
    long heap =
        local
            ? Runtime.getRuntime().maxMemory()
            : conf.getSizeAsBytes("spark.executor.memory", "1g");
    OptionalLong outside =
        isHeld(conf) ? OptionalLong.of(overheadBytes(conf, heap)) : OptionalLong.empty();
    return new MemoryLimits(
        local,
        heap,
        outside,
        local ? MachineMemory.bytes() : OptionalLong.empty(),
        Runtime.getRuntime().maxMemory());
  }

  private static boolean isLocal(SparkConf conf) {
    return conf.get("spark.master", "local").startsWith("local");
  }

  /** Returns whether the resource manager kills what takes more than heap and overhead. */
  private static boolean isHeld(SparkConf conf) {
    String master = conf.get("spark.master", "local");
    return master.startsWith("yarn") || master.startsWith("k8s");
  }

  private static long overheadBytes(SparkConf conf, long heap) {
    return conf.contains(OVERHEAD)
        ? conf.getSizeAsMb(OVERHEAD, "0m") * MEBI
        : Math.max(384 * MEBI, (long) (conf.getDouble(FACTOR, DEFAULT_FACTOR) * heap));
  }

  /**
   * Refuses a job that cannot fit.
   *
   * @throws FairException naming what it needs and what there is
   */
  public void require(MemoryPlan plan, String job) {
    if (plan.heapBytes() > heap) {
      throw refused(
          job + " needs %s of heap in an executor, there is %s",
          plan.heapBytes(),
          heap,
          "give -- %s %dm"
              .formatted(local ? "--driver-memory" : "--executor-memory", mebi(plan.heapBytes())));
    }
    if (plan.driverHeapBytes() > driverHeap) {
      throw refused(
          job + " needs %s of heap in the driver, there is %s",
          plan.driverHeapBytes(),
          driverHeap,
          "give -- --driver-memory %dm".formatted(mebi(plan.driverHeapBytes())));
    }
    if (outside.isPresent() && plan.nativeBytes() > outside.getAsLong()) {
      throw refused(
          job + " needs %s outside of an executor's heap, there is %s",
          plan.nativeBytes(),
          outside.getAsLong(),
          "give -- --conf %s=%dm".formatted(OVERHEAD, mebi(plan.nativeBytes())));
    }
    if (machine.isPresent() && plan.heapBytes() + plan.nativeBytes() > machine.getAsLong()) {
      throw refused(
          job + " needs %s of memory, this machine has %s",
          plan.heapBytes() + plan.nativeBytes(),
          machine.getAsLong(),
          "take a larger machine or more of them");
    }
  }

  private static FairException refused(String what, long needed, long there, String toDo) {
    return FairException.refused(
        what.formatted(HumanUnits.bytes(needed), HumanUnits.bytes(there)),
        "the plan of memory",
        toDo + "; or lower model.width, image.size, training.batch-size or evaluation.batch-size");
  }

  private static long mebi(long bytes) {
    return (bytes + MEBI - 1) / MEBI;
  }

  /**
   * Gives executors that are still to be started as much outside of their heap as the plan says,
   * and tells JavaCPP the same, so that a network that takes more ends with a message instead of a
   * killed process. What was set by hand stands.
   */
  static void apply(SparkConf conf, MemoryPlan plan) {
    long largest = plan.nativeBytes();
    if (isLocal(conf)) {
      // This process runs already; the libraries are not loaded yet.
      setIfAbsent(MAX_BYTES, largest);
      setIfAbsent(MAX_PHYSICAL_BYTES, Runtime.getRuntime().maxMemory() + largest);
      return;
    }
    if (!conf.contains(OVERHEAD) && !conf.contains(FACTOR)) {
      conf.set(OVERHEAD, mebi(largest) + "m");
    }
    String options = conf.get(JAVA_OPTIONS, "");
    if (!options.contains("org.bytedeco.javacpp.max")) {
      long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
      long process = heap + Math.max(largest, overheadBytes(conf, heap));
      conf.set(
          JAVA_OPTIONS,
          "%s -D%s=%d -D%s=%d"
              .formatted(options, MAX_BYTES, process - heap, MAX_PHYSICAL_BYTES, process)
              .strip());
    }
  }

  private static void setIfAbsent(String key, long value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, String.valueOf(value));
    }
  }

  /** Returns how many of a round's workers an executor may have, before executors are known. */
  static int workersTogether(SparkConf conf, OptionalInt workers) {
    if (workers.isEmpty()) {
      return 1;
    }
    int executors = isLocal(conf) ? 1 : Math.max(1, conf.getInt(INSTANCES, workers.getAsInt()));
    return (workers.getAsInt() + executors - 1) / executors;
  }

  /** Returns how many tasks an executor runs at a time, before executors are known. */
  public static int tasksTogether(SparkConf conf) {
    int cores =
        isLocal(conf)
            ? ClusterShape.localThreads(conf.get("spark.master", "local[*]")).orElse(1)
            // As Spark does: one on YARN and Kubernetes, elsewhere all that a worker has.
            : conf.getInt(
                "spark.executor.cores",
                isHeld(conf) ? 1 : Runtime.getRuntime().availableProcessors());
    return Math.max(1, cores / TaskCores.of(conf));
  }
}
