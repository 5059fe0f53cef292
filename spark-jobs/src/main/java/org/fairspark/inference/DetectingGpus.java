package org.fairspark.inference;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.fairspark.config.EngineSetting;
import org.fairspark.config.InferenceConfig;
import org.fairspark.failure.FairException;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.onnx.OnnxRestorer;
import org.fairspark.spark.device.GpuStages;

/**
 * The use that detecting makes of GPUs, known on the driver before it begins.
 *
 * @param given whether Spark has GPUs for executors
 * @param usable whether this build's engine can compute on them
 * @param shared whether all tasks of an executor use its GPUs at a time
 */
public record DetectingGpus(boolean given, boolean usable, boolean shared) {
  private static final String SETTING = "inference.require-gpu=true";

  /**
   * Looks at this build and the running Spark, and refuses what was asked for and cannot be.
   *
   * @param asked the engine that is to restore
   * @throws FairException if GPUs are required, and none would be used
   */
  public static DetectingGpus of(InferenceConfig settings, EngineSetting asked, SparkConf conf) {
    DetectingGpus gpus =
        new DetectingGpus(
            GpuStages.available(conf),
            usable(asked, OnnxRestorer.hasCuda(), NativeBackend.hasCuda()),
            settings.shareGpus());
    if (settings.requireGpu()) {
      gpus.require(asked);
    }
    return gpus;
  }

  /** Returns whether an engine computes on GPUs in a build. */
  static boolean usable(EngineSetting asked, boolean onnxCuda, boolean dl4jCuda) {
    return switch (asked) {
      case AUTO -> onnxCuda || dl4jCuda;
      case ONNX -> onnxCuda;
      case DL4J -> dl4jCuda;
      case ONEDNN -> false;
    };
  }

  private void require(EngineSetting asked) {
    if (!usable) {
      throw FairException.refused(
          asked == EngineSetting.ONEDNN
              ? "a GPU is required, and oneDNN computes on CPUs alone"
              : "a GPU is required, and this build detects on CPUs alone",
          SETTING,
          asked == EngineSetting.ONEDNN
              ? "take another score.engine or evaluation.engine"
              : "build with FAIR_PROFILES=onnx-gpu, and take engine auto or onnx");
    }
    if (!given) {
      throw FairException.refused(
          "a GPU is required, and Spark has none for executors",
          SETTING,
          "give a cluster as --master, and spark.executor.resource.gpu.amount as"
              + " conf/spark/gpu.properties does");
    }
  }

  /** Returns one human-readable line where Spark has GPUs. */
  public Optional<String> line() {
    if (!given) {
      return Optional.empty();
    }
    if (!usable) {
      return Optional.of(
          "GPUs: not used to detect, this build's engine is for CPUs (FAIR_PROFILES=onnx-gpu)");
    }
    return Optional.of(
        shared
            ? "GPUs: one network on each, shared by all tasks of its executor; batches are gathered"
                + " over those that wait"
            : "GPUs: one for each task, which decodes and detects in turn"
                + " (inference.share-gpus=false)");
  }
}
