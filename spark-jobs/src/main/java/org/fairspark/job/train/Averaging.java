package org.fairspark.job.train;

import java.util.List;
import org.fairspark.network.NetworkWeights;
import org.fairspark.training.DivergedException;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.WorkerResult;

/** A way for a round's workers to train and to come to one state. */
interface Averaging {
  /**
   * Runs a round.
   *
   * @param start the state that all workers start from
   * @param blocks the block of each worker
   * @param epoch from 0
   * @throws DivergedException if a worker's loss is not finite or explodes
   */
  Round run(NetworkWeights start, int[] blocks, int epoch);

  /**
   * The outcome of a round.
   *
   * @param state the average
   * @param reports one per worker, in the order of the blocks
   */
  record Round(NetworkWeights state, List<WorkerReport> reports) {
    /** Returns the round of one worker. */
    static Round of(WorkerResult result) {
      return new Round(ParameterAverage.of(List.of(result)), List.of(WorkerReport.of(result)));
    }
  }
}
