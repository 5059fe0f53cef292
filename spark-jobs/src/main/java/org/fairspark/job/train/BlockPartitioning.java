package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.fairspark.files.AbstractIterator;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.TrainingSample;
import scala.Tuple2;

/**
 * A dealing of samples into the plan's blocks: block number = RDD partition, so a round can run on
 * just the blocks it needs.
 */
final class BlockPartitioning {
  private BlockPartitioning() {}

  /**
   * Deals and keeps the blocks in executor memory, spilling to disk; a lost block is made again
   * from the samples table.
   *
   * @param sortedImageIds all training images of the category, sorted
   */
  static JavaRDD<TrainingBlock> deal(
      JavaSparkContext spark,
      JavaRDD<TrainingSample> samples,
      List<String> sortedImageIds,
      TrainingPlan plan) {
    // Training on the blocks runs in the same stage.
    return GpuStages.onGpu(dealOnce(spark, samples, sortedImageIds, plan))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Deals the blocks for a caller that takes each of them once. */
  static JavaRDD<TrainingBlock> dealOnce(
      JavaSparkContext spark,
      JavaRDD<TrainingSample> samples,
      List<String> sortedImageIds,
      TrainingPlan plan) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < sortedImageIds.size(); i++) {
      places.put(sortedImageIds.get(i), i);
    }
    Broadcast<Map<String, Integer>> placeOf = spark.broadcast(places);
    return samples
        .mapPartitionsToPair(partition -> new Dealt(partition, placeOf.value(), plan))
        .partitionBy(new BlockPartitioner(plan.blocks()))
        .mapPartitionsWithIndex(
            (number, pairs) -> Collections.singleton(block(number, pairs, placeOf)).iterator(),
            true);
  }

  private static TrainingBlock block(
      int number,
      Iterator<Tuple2<Integer, TrainingSample>> pairs,
      Broadcast<Map<String, Integer>> placeOf) {
    List<TrainingSample> samples = new ArrayList<>();
    pairs.forEachRemaining(pair -> samples.add(pair._2()));
    Map<String, Integer> places = placeOf.value();
    samples.sort(Comparator.comparingInt(sample -> places.get(sample.imageId())));
    return new TrainingBlock(number, samples);
  }

  /** A function that puts the number of its block beside every sample. */
  private static final class Dealt extends AbstractIterator<Tuple2<Integer, TrainingSample>> {
    private final Iterator<TrainingSample> samples;
    private final Map<String, Integer> places;
    private final TrainingPlan plan;
    private final Map<Integer, int[]> blocksOfVariant = new HashMap<>();

    Dealt(Iterator<TrainingSample> samples, Map<String, Integer> places, TrainingPlan plan) {
      this.samples = samples;
      this.places = places;
      this.plan = plan;
    }

    @Override
    protected Tuple2<Integer, TrainingSample> computeNext() {
      if (!samples.hasNext()) {
        return null;
      }
      TrainingSample sample = samples.next();
      int[] blocks = blocksOfVariant.computeIfAbsent(sample.variant(), plan::deal);
      return new Tuple2<>(blocks[places.get(sample.imageId())], sample);
    }
  }

  private static final class BlockPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int blocks;

    BlockPartitioner(int blocks) {
      this.blocks = blocks;
    }

    @Override
    public int numPartitions() {
      return blocks;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }
}
