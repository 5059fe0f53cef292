package org.fairspark.training;

import java.util.Arrays;
import java.util.List;
import org.fairspark.network.NetworkWeights;

/**
 * The average of the results of a round's workers: parameters, batch-norm statistics and both of
 * Adam's moments, each worker weighted by the samples it saw. Sums run in the order of the workers,
 * in double precision, so the result does not depend on which worker came back first.
 */
public final class ParameterAverage {
  /** Numbers that are averaged at a time: their sums stay in the processor's cache. */
  private static final int BLOCK = 4096;

  private ParameterAverage() {}

  /**
   * Returns the average.
   *
   * @param results one per worker, at least one, in the workers' order
   * @throws IllegalArgumentException if there is none, or their architectures differ
   */
  public static NetworkWeights of(List<WorkerResult> results) {
    if (results.isEmpty()) {
      throw new IllegalArgumentException("nothing to average: no worker came back");
    }
    NetworkWeights first = results.get(0).state();
    if (results.size() == 1) {
      return first;
    }
    long iteration = 0;
    for (WorkerResult result : results) {
      if (!result.state().spec().equals(first.spec())) {
        throw new IllegalArgumentException(
            "workers trained different networks: %s and %s"
                .formatted(first.spec(), result.state().spec()));
      }
      iteration = Math.max(iteration, result.state().iteration());
    }
    int[] samples = results.stream().mapToInt(WorkerResult::samples).toArray();
    return new NetworkWeights(
        first.spec(),
        average(results.stream().map(r -> r.state().parameters()).toList(), samples),
        average(results.stream().map(r -> r.state().firstMoment()).toList(), samples),
        average(results.stream().map(r -> r.state().secondMoment()).toList(), samples),
        iteration);
  }

  /**
   * Returns the mean of vectors, or of the same part of each: every number by itself, so that the
   * parts of an average are the average's parts, to the last bit.
   *
   * @param vectors one per worker, all of one length, in the workers' order
   * @param samples how many samples each worker saw
   */
  public static float[] average(List<float[]> vectors, int[] samples) {
    double total = Arrays.stream(samples).asDoubleStream().sum();
    double[] weights = Arrays.stream(samples).mapToDouble(n -> n / total).toArray();
    float[] mean = new float[vectors.get(0).length];
    double[] sums = new double[BLOCK];
    for (int from = 0; from < mean.length; from += BLOCK) {
      int count = Math.min(BLOCK, mean.length - from);
      Arrays.fill(sums, 0);
      for (int w = 0; w < weights.length; w++) {
        add(vectors.get(w), from, count, weights[w], sums);
      }
      for (int i = 0; i < count; i++) {
        mean[from + i] = (float) sums[i];
      }
    }
    return mean;
  }

  /** Adds a worker's part of a block: a loop so plain that the compiler takes several at a time. */
  private static void add(float[] vector, int from, int count, double weight, double[] sums) {
    for (int i = 0; i < count; i++) {
      sums[i] += weight * vector[from + i];
    }
  }
}
