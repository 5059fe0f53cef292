package org.fairspark.job.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fairspark.network.NetworkWeights;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.Checkpoint;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.store.model.ModelStore;

/**
 * A recorder that keeps a checkpoint and the loss of every epoch, and tells how far training is.
 */
final class EpochRecorder implements EpochLoop.Listener {
  private final ModelStore folder;
  private final Provenance provenance;
  private final Checkpoint start;
  private final Consumer<List<WorkerReport>> roundDone;
  private final Consumer<EpochSummary> epochDone;
  private final Instant began = Instant.now();
  private final List<EpochSummary> history;

  EpochRecorder(
      ModelStore folder,
      Provenance provenance,
      Checkpoint start,
      Consumer<List<WorkerReport>> roundDone,
      Consumer<EpochSummary> epochDone) {
    this.folder = folder;
    this.provenance = provenance;
    this.start = start;
    this.roundDone = roundDone;
    this.epochDone = epochDone;
    this.history = new ArrayList<>(start.history());
  }

  /** Returns the checkpoint after the last recorded epoch. */
  Checkpoint checkpoint(NetworkWeights state) {
    return new Checkpoint(
        state, history, start.duration().plus(Duration.between(began, Instant.now())));
  }

  @Override
  public void afterRound(List<WorkerReport> reports) {
    roundDone.accept(reports);
  }

  @Override
  public void afterEpoch(EpochSummary summary, NetworkWeights state) {
    history.add(summary);
    epochDone.accept(summary);
    try {
      folder.writeCheckpoint(checkpoint(state), provenance);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint of epoch " + summary.epoch(), e);
    }
  }
}
