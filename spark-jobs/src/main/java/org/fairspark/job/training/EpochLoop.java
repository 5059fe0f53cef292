package org.fairspark.job.training;

import java.util.List;
import org.fairspark.network.NetworkState;
import org.fairspark.training.DivergedException;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.WorkerResult;

/** The plan's epochs and rounds, one after another, wherever the workers are. */
final class EpochLoop {
  private EpochLoop() {}

  /** Does a round: a worker for each block, all from one state. */
  interface Rounds {
    /**
     * Does it.
     *
     * @param blocks the blocks' numbers
     * @return one result a block, in the blocks' order
     * @throws DivergedException if a worker's loss is not finite or explodes
     */
    List<WorkerResult> run(NetworkState start, int[] blocks, int epoch);
  }

  /** Told of what is done, in order. */
  interface Listener {
    void afterRound(int samples);

    void afterEpoch(EpochSummary summary, NetworkState state);
  }

  /**
   * Trains from an epoch to the last.
   *
   * @param start the state before {@code firstEpoch}
   * @param firstEpoch from 0; above 0 when resumed
   * @return the state after the last epoch
   * @throws DivergedException if a worker's loss is not finite or explodes
   */
  static NetworkState train(
      TrainingPlan plan, NetworkState start, int firstEpoch, Rounds rounds, Listener listener) {
    NetworkState state = start;
    for (int epoch = firstEpoch; epoch < plan.epochs(); epoch++) {
      EpochSummary.Sum sum = new EpochSummary.Sum(epoch);
      for (int[] round : plan.rounds(epoch)) {
        List<WorkerResult> results = rounds.run(state, round, epoch);
        sum.add(results);
        state = ParameterAverage.of(results);
        listener.afterRound(results.stream().mapToInt(WorkerResult::samples).sum());
      }
      listener.afterEpoch(sum.summary(), state);
    }
    return state;
  }
}
