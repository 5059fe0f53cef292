package org.fairspark.job.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fairspark.image.ImageSize;
import org.fairspark.inference.EngineChoice;
import org.fairspark.inference.EnginePool;
import org.fairspark.job.train.Workers;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;
import org.fairspark.random.SeededRandom;

/** The measured work of the network on a batch, on the threads of a task. */
final class NetworkKernels {
  static final String TRAIN = "training step";
  static final String RESTORE_ONEDNN = "restore by oneDNN";
  static final String RESTORE_ONNX = "restore by ONNX Runtime";
  static final String RESTORE_DL4J = "restore by DL4J";

  private static final double LEARNING_RATE = 1e-4;

  private NetworkKernels() {}

  /** Measures a training step, per image. */
  static Map<String, Timing> training(BenchPlan plan, Workers workers) {
    int n = plan.trainingBatch();
    ImageSize size = plan.size();
    float[] input = noise(n * plan.shape().inputChannels() * (int) size.pixels(), 1);
    float[] target = noise(n * UnetSpec.OUTPUT_CHANNELS * (int) size.pixels(), 2);
    NetworkWeights start = NetworkWeights.initial(plan.shape(), 1);
    return EnginePool.train(
        workers.engine(),
        plan.shape(),
        workers.threads(),
        trainer -> {
          trainer.load(start);
          return one(
              TRAIN,
              plan,
              n,
              turn -> trainer.step(input, target, n, size.height(), size.width(), LEARNING_RATE));
        });
  }

  /** Returns the name of an engine's measurement. */
  static String restoring(InferenceEngine engine) {
    return switch (engine) {
      case ONEDNN -> RESTORE_ONEDNN;
      case ONNX -> RESTORE_ONNX;
      case DL4J -> RESTORE_DL4J;
    };
  }

  /** Measures restoration by each engine that can run, per image. */
  static Map<String, Timing> inference(BenchPlan plan, int threads) {
    NetworkWeights weights = NetworkWeights.initial(plan.shape(), 1);
    Map<String, Timing> measured = new LinkedHashMap<>();
    for (InferenceEngine engine : EngineChoice.usable(plan.shape())) {
      measured.putAll(
          EnginePool.restore(
              engine,
              "bench",
              weights,
              threads,
              restorer -> restoring(restoring(engine), plan, restorer)));
    }
    return measured;
  }

  private static Map<String, Timing> restoring(String stage, BenchPlan plan, Restorer restorer) {
    int n = plan.inferenceBatch();
    ImageSize size = plan.size();
    float[] input = noise(n * plan.shape().inputChannels() * (int) size.pixels(), 3);
    return one(stage, plan, n, turn -> restorer.restore(input, n, size.height(), size.width()));
  }

  private static Map<String, Timing> one(
      String stage, BenchPlan plan, int n, Stopwatch.Kernel work) {
    try {
      return Map.of(stage, plan.stopwatch().measure(work).dividedBy(n));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(stage + " failed", e);
    }
  }

  private static float[] noise(int length, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }
}
