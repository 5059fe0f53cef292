package org.fairspark.job.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.NetworkWeights;
import org.fairspark.training.DivergedException;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.WorkerResult;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * The driver takes the whole state of every worker and averages: one stage a round, the least time
 * where states are small.
 */
final class DirectAveraging implements Averaging {
  private final SparkContext spark;
  private final TrainingPlan plan;
  private final JavaRDD<TrainingBlock> blocks;
  private final int threads;

  DirectAveraging(
      SparkContext spark, TrainingPlan plan, JavaRDD<TrainingBlock> blocks, int threads) {
    this.spark = spark;
    this.plan = plan;
    this.blocks = blocks;
    this.threads = threads;
  }

  @Override
  public Round run(NetworkWeights start, int[] wanted, int epoch) {
    Broadcast<NetworkWeights> shared =
        spark.broadcast(start, ClassTag$.MODULE$.apply(NetworkWeights.class));
    try {
      Answer[] answers =
          (Answer[])
              spark.runJob(
                  blocks.rdd(),
                  new Task(new WorkerTask(shared, plan, epoch, threads)),
                  JavaConverters.asScalaBuffer(
                      new ArrayList<Object>(Arrays.stream(wanted).boxed().toList())),
                  ClassTag$.MODULE$.apply(Answer.class));
      List<WorkerReport> reports = Arrays.stream(answers).map(Answer::report).toList();
      reports.forEach(WorkerReport::requireConverging);
      return new Round(
          ParameterAverage.of(Arrays.stream(answers).map(Answer::result).toList()), reports);
    } finally {
      shared.destroy();
    }
  }

  /** A result, null where the worker diverged. */
  private record Answer(WorkerReport report, WorkerResult result) implements Serializable {}

  private static final class Task extends AbstractFunction1<Iterator<TrainingBlock>, Answer>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final WorkerTask work;

    Task(WorkerTask work) {
      this.work = work;
    }

    @Override
    public Answer apply(Iterator<TrainingBlock> partition) {
      TrainingBlock block = WorkerTask.only(JavaConverters.asJavaIterator(partition));
      try {
        WorkerResult result = work.train(block);
        return new Answer(WorkerReport.of(result), result);
      } catch (DivergedException e) {
        return new Answer(WorkerReport.of(e), null);
      }
    }
  }
}
