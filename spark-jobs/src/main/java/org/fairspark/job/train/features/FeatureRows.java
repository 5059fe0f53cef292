package org.fairspark.job.train.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.detect.Frame;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.TaskEngine;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.Backbone;
import org.fairspark.spark.MappedIterator;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.table.ImagesTable;
import scala.Tuple2;

/**
 * A fit over the training images of one category. Images are divided into parts by the order of
 * their ids, so that the model does not depend on the cluster; features are computed by any number
 * of tasks.
 *
 * @param rows of {@code images/} with id, size and pixels
 * @param ids of the images to fit, sorted
 * @param threads native threads of a task
 * @param tasks that compute features at a time
 * @param partImages images of a part
 * @param frame in which the backbone sees images
 * @param shareGpus whether all tasks of an executor use its GPUs at a time
 */
record FeatureRows(
    JavaSparkContext spark,
    JavaRDD<Row> rows,
    List<String> ids,
    BackboneSource backbone,
    int threads,
    int tasks,
    int partImages,
    Frame frame,
    boolean shareGpus) {
  /** Most images of a part. With 1024 patches of 152 features each, they take 160 MB. */
  private static final int PART_IMAGES = 256;

  /** Most bytes of a part's features: a task holds them as they come and once more as one array. */
  private static final long PART_BYTES = 160L << 20;

  /** Parts that are put together in one task. */
  private static final int FAN_IN = 8;

  /**
   * A fitted model and its base.
   *
   * @param all what is known of all images
   */
  record Fitted<P>(P all, SafeTensors model) {}

  /**
   * Returns how many images make a part: the same everywhere, and as many as a task has memory for.
   *
   * @param image features of one
   */
  static int partImages(PatchFeatures image) {
    long bytes = (long) Float.BYTES * image.vectors().values().length;
    return (int) Math.max(1, Math.min(PART_IMAGES, PART_BYTES / bytes));
  }

  /**
   * Fits all images.
   *
   * @param dimension features of a patch
   */
  <S extends Serializable, P extends Serializable> Fitted<P> fit(
      FeatureFit<S, P> fit,
      FeatureSettings settings,
      int dimension,
      long seed,
      LongAccumulator seen) {
    PatchExtractor extractor = fit.extractor(settings);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      places.put(ids.get(i), i);
    }
    S same = fit.same(settings, seed, dimension);
    int parts = (ids.size() + partImages - 1) / partImages;
    int size = partImages;
    JavaPairRDD<Integer, Indexed> byPart =
        features(places, extractor, seen)
            .mapToPair(image -> new Tuple2<>(image.place() / size, image));
    JavaPairRDD<Integer, P> fitted =
        byPart
            .groupByKey(parts)
            .mapToPair(
                part ->
                    new Tuple2<>(
                        part._1(), fit.part(same, sorted(part._2()), part._1(), parts == 1)));
    P all = merged(fitted, parts, fit, same);
    return new Fitted<>(all, fit.model(same, all));
  }

  /** Puts the parts together, always the same ones in the same order. */
  private static <S extends Serializable, P extends Serializable> P merged(
      JavaPairRDD<Integer, P> parts, int count, FeatureFit<S, P> fit, S same) {
    JavaPairRDD<Integer, P> left = parts;
    for (int n = count; n > 1; n = (n + FAN_IN - 1) / FAN_IN) {
      boolean last = n <= FAN_IN;
      left =
          left.mapToPair(
                  part -> new Tuple2<>(part._1() / FAN_IN, new Tuple2<>(part._1(), part._2())))
              .groupByKey((n + FAN_IN - 1) / FAN_IN)
              .mapToPair(group -> new Tuple2<>(group._1(), merge(group._2(), fit, same, last)));
    }
    return left.values().collect().get(0);
  }

  private static <S extends Serializable, P extends Serializable> P merge(
      Iterable<Tuple2<Integer, P>> group, FeatureFit<S, P> fit, S same, boolean last) {
    List<Tuple2<Integer, P>> parts = new ArrayList<>();
    group.forEach(parts::add);
    parts.sort(Comparator.comparing(Tuple2::_1));
    List<P> inOrder = parts.stream().map(Tuple2::_2).toList();
    return inOrder.size() == 1 && !last ? inOrder.get(0) : fit.merge(same, inOrder, last);
  }

  private static List<PatchFeatures> sorted(Iterable<Indexed> images) {
    List<Indexed> all = new ArrayList<>();
    images.forEach(all::add);
    all.sort(Comparator.comparing(Indexed::place));
    return all.stream().map(Indexed::features).toList();
  }

  /**
   * Returns the features of images.
   *
   * @param places of the images by their ids
   */
  private JavaRDD<Indexed> features(
      Map<String, Integer> places, PatchExtractor extractor, LongAccumulator seen) {
    Broadcast<Map<String, Integer>> wanted = spark.broadcast(places);
    JavaRDD<Row> images =
        rows.filter(row -> wanted.value().containsKey(row.<String>getAs(ImagesTable.IMAGE_ID)))
            .repartition(Math.max(1, Math.min(tasks, places.size())));
    return GpuStages.detecting(images, shareGpus)
        .mapPartitions(new Extraction(backbone, extractor, frame, wanted, threads, seen));
  }

  /**
   * An image's features.
   *
   * @param place of the image among all that are wanted
   */
  private record Indexed(int place, PatchFeatures features) implements Serializable {}

  /** The work of a task. */
  private record Extraction(
      BackboneSource backbone,
      PatchExtractor extractor,
      Frame frame,
      Broadcast<Map<String, Integer>> places,
      int threads,
      LongAccumulator seen)
      implements FlatMapFunction<Iterator<Row>, Indexed> {

    @Override
    public Iterator<Indexed> call(Iterator<Row> images) {
      TaskEngine<Backbone> engine = new TaskEngine<>(threads);
      return new MappedIterator<>(images, row -> indexed(row, engine));
    }

    private Indexed indexed(Row row, TaskEngine<Backbone> engine) {
      Indexed image =
          new Indexed(
              places.value().get(row.<String>getAs(ImagesTable.IMAGE_ID)),
              engine.with(
                  backbone,
                  network ->
                      extractor.extract(
                          network, frame.view(ImagesTable.pixels(row), 0).toFloat())));
      seen.add(1);
      return image;
    }
  }
}
