package org.fairspark.job.training;

import java.util.List;
import org.fairspark.training.WorkerResult;

/**
 * What an epoch came to.
 *
 * @param epoch from 0
 * @param samples samples seen
 * @param l2 mean l2 loss
 * @param ssim mean SSIM loss
 * @param trainingSeconds seconds that workers spent in steps, summed over workers
 * @param averagingSeconds seconds that the driver spent averaging
 */
record EpochSummary(
    int epoch,
    int samples,
    double l2,
    double ssim,
    double trainingSeconds,
    double averagingSeconds) {

  /** Both losses together, as the network minimizes them. */
  double loss() {
    return l2 + ssim;
  }

  /** Adds up the rounds of an epoch. */
  static final class Sum {
    private final int epoch;
    private int samples;
    private double l2;
    private double ssim;
    private long trainingNanos;
    private long averagingNanos;

    Sum(int epoch) {
      this.epoch = epoch;
    }

    List<WorkerResult> add(List<WorkerResult> results) {
      for (WorkerResult result : results) {
        samples += result.samples();
        l2 += result.l2Sum();
        ssim += result.ssimSum();
        trainingNanos += result.trainingNanos();
      }
      return results;
    }

    void averaged(long nanos) {
      averagingNanos += nanos;
    }

    EpochSummary summary() {
      return new EpochSummary(
          epoch, samples, l2 / samples, ssim / samples, trainingNanos / 1e9, averagingNanos / 1e9);
    }
  }
}
