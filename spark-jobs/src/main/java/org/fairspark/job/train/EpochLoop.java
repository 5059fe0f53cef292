package org.fairspark.job.train;

import java.util.List;
import org.fairspark.network.NetworkWeights;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;

/** The plan's epochs and rounds, one after another, wherever the workers are. */
final class EpochLoop {
  private EpochLoop() {}

  /** Told of what is done, in order. */
  interface Listener {
    void afterRound(List<WorkerReport> reports);

    void afterEpoch(EpochSummary summary, NetworkWeights state);
  }

  /**
   * Trains from an epoch to the last.
   *
   * @param start the state before {@code firstEpoch}
   * @param firstEpoch from 0; above 0 when resumed
   * @return the state after the last epoch
   * @throws DivergedException if a worker's loss is not finite or explodes
   */
  static NetworkWeights train(
      TrainingPlan plan,
      NetworkWeights start,
      int firstEpoch,
      Averaging averaging,
      Listener listener) {
    NetworkWeights state = start;
    for (int epoch = firstEpoch; epoch < plan.epochs(); epoch++) {
      EpochSum sum = new EpochSum(epoch);
      for (int[] round : plan.rounds(epoch)) {
        Averaging.Round done = averaging.run(state, round, epoch);
        List<WorkerReport> reports = done.reports();
        sum.add(reports);
        state = done.state();
        listener.afterRound(reports);
      }
      listener.afterEpoch(sum.summary(), state);
    }
    return state;
  }
}
