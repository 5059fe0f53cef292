package org.fairspark.job.train;

import java.io.Serializable;
import java.util.List;
import org.fairspark.training.DivergedException;
import org.fairspark.training.WorkerResult;

/**
 * A worker's report on its round, beside its parameters.
 *
 * @param samples samples it saw
 * @param l2Sum sum over samples of the l2 loss
 * @param ssimSum sum over samples of the SSIM loss
 * @param trainingNanos time spent in steps
 * @param processorNanos processor time of its process meanwhile; -1 if it is not known
 * @param iteration steps of the network so far
 * @param diverged why it stopped, or null. As an answer, because Spark would retry an exception,
 *     and it would diverge again
 */
public record WorkerReport(
    int samples,
    double l2Sum,
    double ssimSum,
    long trainingNanos,
    long processorNanos,
    long iteration,
    DivergedException diverged)
    implements Serializable {

  static WorkerReport of(WorkerResult result) {
    return new WorkerReport(
        result.samples(),
        result.l2Sum(),
        result.ssimSum(),
        result.trainingNanos(),
        result.processorNanos(),
        result.state().iteration(),
        null);
  }

  static WorkerReport of(DivergedException diverged) {
    return new WorkerReport(0, 0, 0, 0, -1, 0, diverged);
  }

  /** Returns the samples that all workers of a round saw. */
  static int samples(List<WorkerReport> round) {
    return round.stream().mapToInt(WorkerReport::samples).sum();
  }

  /**
   * Does nothing if the worker went to its end.
   *
   * @throws DivergedException otherwise
   */
  void requireConverging() {
    if (diverged != null) {
      throw diverged;
    }
  }
}
