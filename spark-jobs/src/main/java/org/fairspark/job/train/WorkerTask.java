package org.fairspark.job.train;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.inference.EnginePool;
import org.fairspark.network.NetworkWeights;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.Worker;
import org.fairspark.training.WorkerResult;

/**
 * A worker's part of a round, in a Spark task.
 *
 * @param start the weights that all workers start from
 * @param epoch from 0
 * @param workers of the round: their engine and native threads
 */
record WorkerTask(Broadcast<NetworkWeights> start, TrainingPlan plan, int epoch, Workers workers)
    implements Serializable {

  /** Returns the one block of an RDD's partition. */
  static TrainingBlock only(Iterator<TrainingBlock> partition) {
    TrainingBlock block = partition.next();
    // Also tells Spark that the partition was read to its end, so that its lock is released.
    if (partition.hasNext()) {
      throw new IllegalStateException("a partition holds one block, this one holds more");
    }
    return block;
  }

  /**
   * Trains on a block.
   *
   * @throws DivergedException if the loss is not finite or explodes
   */
  WorkerResult train(TrainingBlock block) {
    if (!workers.adaptThreads()) {
      return train(block, workers.threads());
    }
    AdaptiveThreads adaptive =
        AdaptiveThreads.ofProcess(start.value().spec(), plan, workers.threads());
    int threads = adaptive.next();
    WorkerResult result = train(block, threads);
    adaptive.took(threads, result.samples(), result.trainingNanos());
    return result;
  }

  private WorkerResult train(TrainingBlock block, int threads) {
    return EnginePool.train(
        workers.engine(),
        start.value().spec(),
        threads,
        trainer ->
            Worker.train(trainer, start.value(), block.samples(), block.number(), plan, epoch));
  }
}
