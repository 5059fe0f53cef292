package org.fairspark.job.train;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fairspark.network.NetworkSpec;
import org.fairspark.training.TrainingPlan;

/**
 * The number of native threads that the next block of a worker trains with: all of them, or half,
 * whichever was faster of late. Where other programs keep one core of two busy, a step of two
 * threads waits for the one that shares its core, and one thread alone is faster.
 *
 * <p>It is measured, not asked: now and then a block is trained the other way. Blocks begin from
 * the weights they are given, so that they can be trained by any number of threads.
 */
final class AdaptiveThreads {
  /** Blocks after which the other number is tried. */
  static final int BLOCKS_BETWEEN_TRIALS = 30;

  /** The other number is taken if it is so many times as fast. */
  private static final double FASTER = 1.05;

  /** Share of the newest block in the mean pace. */
  private static final double NEWEST = 0.3;

  private static final Map<Work, AdaptiveThreads> OF_PROCESS = new ConcurrentHashMap<>();

  /** What decides how fast threads are: steps of other networks or sizes tell nothing of it. */
  private record Work(NetworkSpec network, int height, int width, int batchSize, int most) {}

  private final int most;
  private final int half;
  private int now;

  /** Blocks since the last trial. */
  private int blocks;

  private boolean trial;
  private boolean mostHasTrained;
  private boolean halfHasTrained;

  /** Nanoseconds of a sample by the present number, of late; 0 before one was measured. */
  private double pace;

  /**
   * Begins with all threads.
   *
   * @param most at least 1
   */
  AdaptiveThreads(int most) {
    this.most = most;
    this.half = (most + 1) / 2;
    this.now = most;
  }

  /** Returns what this process has learnt about such steps by at most so many threads. */
  static AdaptiveThreads ofProcess(NetworkSpec network, TrainingPlan plan, int most) {
    return OF_PROCESS.computeIfAbsent(
        new Work(network, plan.height(), plan.width(), plan.batchSize(), most),
        work -> new AdaptiveThreads(work.most()));
  }

  /** Returns the native threads for the next block. */
  synchronized int next() {
    if (half < most && !trial && pace > 0 && ++blocks > BLOCKS_BETWEEN_TRIALS) {
      trial = true;
      blocks = 0;
    }
    return trial ? other() : now;
  }

  /**
   * Learns how long a block took.
   *
   * @param threads that it was trained with
   * @param samples of the block, at least 1
   */
  synchronized void took(int threads, int samples, long nanos) {
    if (!hasTrained(threads)) {
      // Its first step also warms the network up.
      mostHasTrained |= threads == most;
      halfHasTrained |= threads == half;
      return;
    }
    double measured = (double) nanos / samples;
    if (threads == now) {
      pace = pace == 0 ? measured : pace + NEWEST * (measured - pace);
    } else if (trial) {
      trial = false;
      if (measured * FASTER < pace) {
        now = threads;
        pace = measured;
      }
    }
  }

  /** Returns whether a block was trained by either number, all of the threads or half. */
  synchronized boolean hasTrained(int threads) {
    return threads == most ? mostHasTrained : halfHasTrained;
  }

  private int other() {
    return now == most ? half : most;
  }
}
