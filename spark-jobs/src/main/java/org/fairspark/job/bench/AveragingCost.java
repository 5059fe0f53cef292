package org.fairspark.job.bench;

import org.fairspark.spark.StateBytes;

/**
 * The computed cost of one averaging on a cluster of any size. Parameters go out as a broadcast,
 * from executor to executor, in about the time of one copy. Few small results come to the driver,
 * whose link and whose one thread then bound it; otherwise executors exchange slices and average,
 * and the driver gets one copy.
 *
 * @param stateBytes parameters, statistics and both of Adam's moments, float32
 * @param fixedSeconds a round's start, and what each worker does at the same time as the others
 * @param addSeconds to read and add one state
 * @param bytesPerSecond of a link, each way
 */
record AveragingCost(
    long stateBytes, double fixedSeconds, double addSeconds, double bytesPerSecond) {

  private boolean onDriver(int workers) {
    return StateBytes.driverAverages(workers, stateBytes);
  }

  /** Bytes that go over all links together in a round: the same either way. */
  long bytes(int workers) {
    return 2L * workers * stateBytes;
  }

  /** Seconds on the wire. */
  double wireSeconds(int workers) {
    // Out; then all through the driver's link, or what others average out of every link, and one
    // in.
    double copies = onDriver(workers) ? 1.0 + workers : 1 + (workers - 1.0) / workers + 1;
    return copies * stateBytes / bytesPerSecond;
  }

  /** Seconds of a round beyond its steps. */
  double seconds(int workers) {
    // An executor adds its share of every worker's state, which is one state in all.
    double added = onDriver(workers) ? workers : 2;
    return fixedSeconds + wireSeconds(workers) + added * addSeconds;
  }
}
