package org.fairspark.job.train;

import java.util.List;
import java.util.Optional;

/**
 * The share of the processor time that training's native threads ask for which they get. Where
 * other programs are busy, or a container's quota is used up, a parallel step waits for its slowest
 * thread and takes a multiple of its processor time.
 */
final class ProcessorShare {
  /** A step that takes this many times as long as its processor time needs is told. */
  private static final double TOLD = 2;

  /** Shorter times say little: the first steps also load and compile. */
  private static final long MEASURED_NANOS = 10_000_000_000L;

  private final int threads;
  private long wall;
  private long processor;
  private boolean began;
  private Optional<Double> share = Optional.empty();

  /**
   * Begins.
   *
   * @param threads native threads of a worker
   */
  ProcessorShare(int threads) {
    this.threads = threads;
  }

  /** Counts a round, whose slowest worker is the one that all wait for. */
  void add(List<WorkerReport> round) {
    round.stream()
        .filter(report -> report.processorNanos() >= 0)
        .max((a, b) -> Long.compare(a.trainingNanos(), b.trainingNanos()))
        .ifPresent(slowest -> add(slowest.trainingNanos(), slowest.processorNanos()));
  }

  private void add(long wallNanos, long processorNanos) {
    wall += wallNanos;
    processor += processorNanos;
    if (wall < MEASURED_NANOS) {
      return;
    }
    // What comes before the first full measurement is start-up.
    share = began ? Optional.of((double) processor / wall / threads) : Optional.empty();
    began = true;
    wall = 0;
    processor = 0;
  }

  /** Returns the share in [0, 1], if it was last measured to be so small that it must be told. */
  private Optional<Double> small() {
    return share.filter(s -> s * TOLD <= 1);
  }

  /** Returns a few words for the progress line; empty while there is nothing to tell. */
  String remark() {
    return small().map(s -> "  gets %.0f %% of its cores".formatted(s * 100)).orElse("");
  }

  /** Returns what is the matter and what helps, if something is. */
  Optional<String> advice() {
    return small()
        .map(
            s ->
                threads == 1
                    ? ("training gets %.0f %% of a core: other programs or a CPU quota take the"
                            + " rest. Fewer jobs beside this one, or a larger quota, make it faster")
                        .formatted(s * 100)
                    : ("the %d native threads of a training worker get %.0f %% of their cores:"
                            + " other programs or a CPU quota take the rest, or the network is too"
                            + " small for so many. Fewer threads (training.threads=%d, or"
                            + " training.adapt-threads=true, which tries half), fewer jobs beside"
                            + " this one, or a larger quota make the steps faster")
                        .formatted(threads, s * 100, Math.max(1, (int) Math.round(threads * s))));
  }
}
