package org.fairspark.spark;

import org.fairspark.network.NetworkSpec;

/** The size of the state that workers average, and where it is averaged. */
public final class StateBytes {
  /** States of all workers of a round that the driver takes; more than that executors average. */
  private static final long DRIVER_BYTES = 256L << 20;

  private StateBytes() {}

  /**
   * Returns the bytes of a network's parameters, statistics and both of Adam's moments, as float32.
   */
  public static long of(NetworkSpec shape) {
    return Float.BYTES * (shape.stateLength() + 2L * shape.parameterCount());
  }

  /** Returns whether the driver averages so many states; otherwise executors do. */
  public static boolean driverAverages(int workers, long stateBytes) {
    return workers * stateBytes <= DRIVER_BYTES;
  }
}
