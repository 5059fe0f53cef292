package org.fairspark.job.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairspark.job.FairMetrics;
import org.fairspark.job.Progress;
import org.fairspark.network.NetworkState;
import org.fairspark.table.Provenance;

/** Keeps a checkpoint and the loss of every epoch, and shows progress. */
final class EpochRecorder implements ParameterAveraging.EpochListener {
  private final ModelFolder folder;
  private final Provenance provenance;
  private final Checkpoint start;
  private final Progress progress;
  private final Instant began = Instant.now();
  private final List<EpochSummary> history;

  EpochRecorder(ModelFolder folder, Provenance provenance, Checkpoint start, Progress progress) {
    this.folder = folder;
    this.provenance = provenance;
    this.start = start;
    this.progress = progress;
    this.history = new ArrayList<>(start.history());
  }

  /** All epochs so far, those before a resume included. */
  List<EpochSummary> history() {
    return List.copyOf(history);
  }

  @Override
  public void afterRound(int samples) {
    progress.add(samples);
  }

  @Override
  public void afterEpoch(EpochSummary summary, NetworkState state) {
    history.add(summary);
    progress.note(String.format(Locale.ROOT, "loss %.4f", summary.loss()));
    FairMetrics.loss(summary.loss());
    FairMetrics.averaged(Duration.ofNanos((long) (summary.averagingSeconds() * 1e9)));
    Duration duration = start.duration().plus(Duration.between(began, Instant.now()));
    try {
      folder.writeCheckpoint(new Checkpoint(state, history, duration), provenance);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint of epoch " + summary.epoch(), e);
    }
  }
}
