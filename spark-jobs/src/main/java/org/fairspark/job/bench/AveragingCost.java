package org.fairspark.job.bench;

import org.fairspark.network.NetworkShape;

/**
 * What one averaging costs on a cluster of any size, on paper. All workers' results come to the
 * driver, whose link and whose one thread are what bounds it; parameters go out as a broadcast,
 * from executor to executor, in about the time of one copy.
 *
 * @param stateBytes parameters, statistics and both of Adam's moments, float32
 * @param fixedSeconds a round's start, and what each worker does at the same time as the others
 * @param driverSeconds of the driver for each worker: its result read and added
 * @param bytesPerSecond of a link
 */
record AveragingCost(
    long stateBytes, double fixedSeconds, double driverSeconds, double bytesPerSecond) {

  /** Float32 values that a network's training state holds, in bytes. */
  static long stateBytes(NetworkShape shape) {
    return (long) Float.BYTES * (shape.stateLength() + 2L * shape.parameterCount());
  }

  /** Bytes that all workers together send and are sent in a round. */
  long bytes(int workers) {
    return 2L * workers * stateBytes;
  }

  /** Seconds on the wire: one copy out, all results through the driver's link. */
  double wireSeconds(int workers) {
    return (1.0 + workers) * stateBytes / bytesPerSecond;
  }

  /** Seconds of a round beyond its steps. */
  double seconds(int workers) {
    return fixedSeconds + wireSeconds(workers) + workers * driverSeconds;
  }
}
