package org.fairspark.job.train;

import java.util.List;
import org.fairspark.store.model.EpochSummary;

/** The running sum of an epoch's rounds. */
final class EpochSum {
  private final int epoch;
  private final long began = System.nanoTime();
  private int samples;
  private double l2;
  private double ssim;
  private long workerNanos;

  EpochSum(int epoch) {
    this.epoch = epoch;
  }

  /** Adds the reports of a round's workers. */
  void add(List<WorkerReport> reports) {
    for (WorkerReport report : reports) {
      samples += report.samples();
      l2 += report.l2Sum();
      ssim += report.ssimSum();
    }
    workerNanos += reports.stream().mapToLong(WorkerReport::trainingNanos).max().orElse(0);
  }

  /** Returns the means over all samples so far; the time runs until this call. */
  EpochSummary summary() {
    return new EpochSummary(
        epoch,
        samples,
        l2 / samples,
        ssim / samples,
        (System.nanoTime() - began) / 1e9,
        workerNanos / 1e9);
  }
}
