package org.fairspark.job.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.NetworkState;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.Worker;
import org.fairspark.training.WorkerResult;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * Trains a network by parameter averaging: each round is one Spark job of as many tasks as there
 * are workers, and only over the blocks that it needs.
 */
final class ParameterAveraging {
  private final SparkContext spark;
  private final TrainingPlan plan;
  private final JavaRDD<TrainingBlock> blocks;
  private final int threadsPerWorker;

  ParameterAveraging(
      SparkContext spark, TrainingPlan plan, JavaRDD<TrainingBlock> blocks, int threadsPerWorker) {
    this.spark = spark;
    this.plan = plan;
    this.blocks = blocks;
    this.threadsPerWorker = threadsPerWorker;
  }

  /**
   * Trains from an epoch to the last.
   *
   * @param start the state before {@code firstEpoch}
   * @param firstEpoch from 0; above 0 when resumed
   * @return the state after the last epoch
   * @throws DivergedException if a worker's loss is not finite or explodes
   */
  NetworkState train(NetworkState start, int firstEpoch, EpochLoop.Listener listener) {
    return EpochLoop.train(plan, start, firstEpoch, this::round, listener);
  }

  private List<WorkerResult> round(NetworkState state, int[] round, int epoch) {
    Broadcast<NetworkState> start =
        spark.broadcast(state, ClassTag$.MODULE$.apply(NetworkState.class));
    try {
      Answer[] answers =
          (Answer[])
              spark.runJob(
                  blocks.rdd(),
                  new RoundTask(start, plan, epoch, threadsPerWorker),
                  JavaConverters.asScalaBuffer(
                      new ArrayList<Object>(Arrays.stream(round).boxed().toList())),
                  ClassTag$.MODULE$.apply(Answer.class));
      List<WorkerResult> results = new ArrayList<>();
      for (Answer answer : answers) {
        if (answer.diverged() != null) {
          throw answer.diverged();
        }
        results.add(answer.result());
      }
      return results;
    } finally {
      start.destroy();
    }
  }

  /**
   * A result or a divergence; as an answer, because Spark would retry an exception, and it would
   * diverge again.
   */
  private record Answer(WorkerResult result, DivergedException diverged) implements Serializable {}

  private static final class RoundTask extends AbstractFunction1<Iterator<TrainingBlock>, Answer>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Broadcast<NetworkState> start;
    private final TrainingPlan plan;
    private final int epoch;
    private final int threads;

    RoundTask(Broadcast<NetworkState> start, TrainingPlan plan, int epoch, int threads) {
      this.start = start;
      this.plan = plan;
      this.epoch = epoch;
      this.threads = threads;
    }

    @Override
    public Answer apply(Iterator<TrainingBlock> blocks) {
      TrainingBlock block = blocks.next();
      // Also tells Spark that the partition was read to its end, so that its lock is released.
      if (blocks.hasNext()) {
        throw new IllegalStateException("a partition holds one block, this one holds more");
      }
      try {
        return new Answer(
            ExecutorNetworks.with(
                start.value().shape(),
                threads,
                network ->
                    Worker.train(
                        network, start.value(), block.samples(), block.number(), plan, epoch)),
            null);
      } catch (DivergedException e) {
        return new Answer(null, e);
      }
    }
  }
}
