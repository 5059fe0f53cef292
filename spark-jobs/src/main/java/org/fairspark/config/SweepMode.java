package org.fairspark.config;

/** A way in which a sweep uses the cluster. */
public enum SweepMode {
  /** Side by side, unless a trial asks for several workers. */
  AUTO,
  /** Every trial's model is trained whole in one Spark task; many are trained at a time. */
  SIDE_BY_SIDE,
  /** One trial after another, each by parameter averaging over all executors. */
  ONE_AFTER_ANOTHER
}
