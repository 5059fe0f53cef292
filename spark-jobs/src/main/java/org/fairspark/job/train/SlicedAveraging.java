package org.fairspark.job.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.NetworkWeights;
import org.fairspark.spark.SparkCompat;
import org.fairspark.training.DivergedException;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.WorkerResult;
import scala.Tuple2;

/**
 * Averaging on the executors, each of which averages some slices of the state: workers hand out
 * slices by a shuffle, and the driver gets the average alone, however many workers there are. The
 * average is that of {@link DirectAveraging}, to the last bit.
 */
final class SlicedAveraging implements Averaging {
  /** 4 MiB: a fetch worth its while, and small beside any heap. */
  static final int SLICE = 1 << 20;

  private final SparkContext spark;
  private final TrainingPlan plan;
  private final JavaRDD<TrainingBlock> blocks;
  private final Workers workers;
  private final int slice;

  /**
   * Averages in slices.
   *
   * @param slice numbers in a slice
   */
  SlicedAveraging(
      SparkContext spark,
      TrainingPlan plan,
      JavaRDD<TrainingBlock> blocks,
      Workers workers,
      int slice) {
    this.spark = spark;
    this.plan = plan;
    this.blocks = blocks;
    this.workers = workers;
    this.slice = slice;
  }

  @Override
  public Round run(NetworkWeights start, int[] wanted, int epoch) {
    Broadcast<NetworkWeights> shared = JavaSparkContext.fromSparkContext(spark).broadcast(start);
    try {
      StateSlices slices = new StateSlices(start.spec(), slice);
      WorkerTask work = new WorkerTask(shared, plan, epoch, workers);
      int tasks = Math.min(slices.count(), Math.max(1, spark.defaultParallelism()));
      List<Mean> means =
          // A partition's number is its block's.
          SparkCompat.partitions(blocks, wanted)
              .mapPartitionsToPair(block -> pieces(WorkerTask.only(block), work, wanted, slices))
              .groupByKey(new HashPartitioner(tasks))
              .map(pieces -> mean(pieces._1(), pieces._2()))
              .collect();
      List<WorkerReport> reports = reports(means);
      reports.forEach(WorkerReport::requireConverging);
      List<float[]> parts =
          means.stream().sorted(Comparator.comparingInt(Mean::slice)).map(Mean::values).toList();
      long iteration = reports.stream().mapToLong(WorkerReport::iteration).max().orElseThrow();
      return new Round(slices.join(parts, iteration), reports);
    } finally {
      shared.destroy();
    }
  }

  /** Returns the reports that came with the first slice, of which every worker has one. */
  private static List<WorkerReport> reports(List<Mean> means) {
    return means.stream().filter(mean -> mean.slice == 0).findFirst().orElseThrow().reports;
  }

  /**
   * A worker's numbers of a slice.
   *
   * @param worker its place in the round
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(int worker, WorkerReport report, float[] values) implements Serializable {}

  /** The average of a slice; the reports only with the first slice. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Mean(int slice, List<WorkerReport> reports, float[] values)
      implements Serializable {}

  private static Iterator<Tuple2<Integer, Piece>> pieces(
      TrainingBlock block, WorkerTask work, int[] wanted, StateSlices slices) {
    int worker =
        IntStream.range(0, wanted.length)
            .filter(w -> wanted[w] == block.number())
            .findFirst()
            .orElseThrow();
    WorkerResult result;
    try {
      result = work.train(block);
    } catch (DivergedException e) {
      return List.of(new Tuple2<>(0, new Piece(worker, WorkerReport.of(e), new float[0])))
          .iterator();
    }
    WorkerReport report = WorkerReport.of(result);
    return IntStream.range(0, slices.count())
        .mapToObj(s -> new Tuple2<>(s, new Piece(worker, report, slices.cut(result.state(), s))))
        .iterator();
  }

  private static Mean mean(int slice, Iterable<Piece> unordered) {
    List<Piece> pieces =
        StreamSupport.stream(unordered.spliterator(), false)
            .sorted(Comparator.comparingInt(Piece::worker))
            .toList();
    List<WorkerReport> reports = pieces.stream().map(Piece::report).toList();
    boolean diverged = reports.stream().anyMatch(report -> report.diverged() != null);
    float[] values =
        diverged
            ? new float[0]
            : ParameterAverage.average(
                pieces.stream().map(Piece::values).toList(),
                reports.stream().mapToInt(WorkerReport::samples).toArray());
    return new Mean(slice, slice == 0 ? new ArrayList<>(reports) : List.of(), values);
  }
}
