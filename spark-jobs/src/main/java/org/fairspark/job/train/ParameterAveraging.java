package org.fairspark.job.train;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.spark.StateBytes;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;

/**
 * The training of a network by parameter averaging: each round trains as many tasks as there are
 * workers, and only over the blocks that it needs.
 */
final class ParameterAveraging {
  private final TrainingPlan plan;
  private final Averaging averaging;

  /** Averages where it costs least time and the driver's memory holds the states. */
  static ParameterAveraging of(
      SparkContext spark,
      TrainingPlan plan,
      JavaRDD<TrainingBlock> blocks,
      Workers workers,
      NetworkSpec shape) {
    return new ParameterAveraging(
        plan,
        StateBytes.driverAverages(plan.workers(), StateBytes.of(shape))
            ? new DirectAveraging(spark, plan, blocks, workers)
            : new SlicedAveraging(spark, plan, blocks, workers, SlicedAveraging.SLICE));
  }

  ParameterAveraging(TrainingPlan plan, Averaging averaging) {
    this.plan = plan;
    this.averaging = averaging;
  }

  /**
   * Trains from an epoch to the last.
   *
   * @param start the state before {@code firstEpoch}
   * @param firstEpoch from 0; above 0 when resumed
   * @return the state after the last epoch
   * @throws DivergedException if a worker's loss is not finite or explodes
   */
  NetworkWeights train(NetworkWeights start, int firstEpoch, EpochLoop.Listener listener) {
    return EpochLoop.train(plan, start, firstEpoch, averaging, listener);
  }
}
