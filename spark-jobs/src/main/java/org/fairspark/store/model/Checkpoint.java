package org.fairspark.store.model;

import java.time.Duration;
import java.util.List;
import org.fairspark.network.NetworkWeights;

/**
 * The state of a training between two epochs: with the plan, enough to continue as if it had never
 * stopped.
 *
 * @param state after {@code epochs} epochs
 * @param history one summary per epoch
 * @param duration spent so far
 */
public record Checkpoint(NetworkWeights state, List<EpochSummary> history, Duration duration) {
  public Checkpoint {
    history = List.copyOf(history);
  }

  public static Checkpoint before(NetworkWeights initial) {
    return new Checkpoint(initial, List.of(), Duration.ZERO);
  }

  /** Returns it with another state. */
  public Checkpoint with(NetworkWeights other) {
    return new Checkpoint(other, history, duration);
  }

  /** Epochs done. */
  public int epochs() {
    return history.size();
  }
}
