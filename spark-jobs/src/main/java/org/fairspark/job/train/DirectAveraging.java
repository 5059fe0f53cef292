package org.fairspark.job.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.NetworkWeights;
import org.fairspark.training.DivergedException;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.WorkerResult;

/**
 * The driver takes the whole state of every worker and averages: one stage per round, the least
 * time where states are small.
 */
final class DirectAveraging implements Averaging {
  private final SparkContext spark;
  private final TrainingPlan plan;
  private final JavaRDD<TrainingBlock> blocks;
  private final Workers workers;

  DirectAveraging(
      SparkContext spark, TrainingPlan plan, JavaRDD<TrainingBlock> blocks, Workers workers) {
    this.spark = spark;
    this.plan = plan;
    this.blocks = blocks;
    this.workers = workers;
  }

  @Override
  public Round run(NetworkWeights start, int[] wanted, int epoch) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark);
    Broadcast<NetworkWeights> shared = context.broadcast(start);
    try {
      WorkerTask work = new WorkerTask(shared, plan, epoch, workers);
      // A partition gives one answer; they come in the order of what is wanted.
      List<Answer> answers =
          Arrays.stream(
                  blocks
                      .mapPartitions(block -> List.of(answer(work, block)).iterator())
                      .collectPartitions(wanted))
              .map(partition -> partition.get(0))
              .toList();
      List<WorkerReport> reports = answers.stream().map(Answer::report).toList();
      reports.forEach(WorkerReport::requireConverging);
      return new Round(ParameterAverage.of(answers.stream().map(Answer::result).toList()), reports);
    } finally {
      shared.destroy();
    }
  }

  /** A result, null where the worker diverged. */
  private record Answer(WorkerReport report, WorkerResult result) implements Serializable {}

  private static Answer answer(WorkerTask work, Iterator<TrainingBlock> partition) {
    try {
      WorkerResult result = work.train(WorkerTask.only(partition));
      return new Answer(WorkerReport.of(result), result);
    } catch (DivergedException e) {
      return new Answer(WorkerReport.of(e), null);
    }
  }
}
