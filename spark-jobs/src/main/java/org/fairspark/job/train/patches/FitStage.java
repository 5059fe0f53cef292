package org.fairspark.job.train.patches;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Frame;
import org.fairspark.detect.PatchMethod;
import org.fairspark.inference.GraphSource;
import org.fairspark.inference.TaskEngine;
import org.fairspark.job.train.CategoryRows;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.table.ImagesTable;

/**
 * The look at normal images by a trained network: each in a task, and what is kept of them put
 * together in the order of their ids, so that the result does not depend on the cluster.
 *
 * @param rows of the training images: id, size and pixels
 * @param ids of the images to look at, sorted
 */
record FitStage(JobContext context, JavaRDD<Row> rows, List<String> ids) {
  /** Most images: what is kept of them meets on the driver, and they have patches enough. */
  private static final int MAX_IMAGES = 128;

  /** Returns the look at the images that the network was trained on, evenly chosen if many. */
  static FitStage of(TrainingRun run, String category, HeldOut held) {
    JobContext context = run.context();
    List<String> all = CategoryRows.trainedOn(context.spark(), category, run.images(), held);
    int count = Math.min(MAX_IMAGES, all.size());
    List<String> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / count)));
    }
    return new FitStage(context, PatchStep.rows(run, category).toJavaRDD(), chosen);
  }

  /**
   * Returns trained weights with all their arrays.
   *
   * @param <S> what the method keeps of an image
   */
  <S extends Serializable> NetworkWeights fit(PatchMethod<S> method, NetworkWeights trained) {
    FairConfig config = context.config();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      places.put(ids.get(i), i);
    }
    GraphSource network =
        new GraphSource(
            "fit " + UUID.randomUUID(), spark.broadcast(GraphExport.bytes(trained, Map.of())));
    try {
      JavaRDD<Row> images =
          rows.filter(row -> places.containsKey(row.<String>getAs(ImagesTable.IMAGE_ID)))
              .repartition(Math.min(spark.defaultParallelism(), ids.size()));
      List<Kept<S>> kept =
          new ArrayList<>(
              GpuStages.detecting(images, config.inference().shareGpus())
                  .mapPartitions(
                      new Look<>(
                          method,
                          config.detection(),
                          network,
                          config.image().frame(),
                          places,
                          TaskCores.of(spark.sc().conf())))
                  .collect());
      kept.sort(Comparator.comparing(Kept::place));
      return method.complete(trained, kept.stream().map(Kept::value).toList());
    } finally {
      network.destroy();
    }
  }

  /**
   * What is kept of an image.
   *
   * @param place of the image among all
   */
  private record Kept<S extends Serializable>(int place, S value) implements Serializable {}

  /** The work of a task. */
  private record Look<S extends Serializable>(
      PatchMethod<S> method,
      DetectionSettings settings,
      GraphSource network,
      Frame frame,
      Map<String, Integer> places,
      int threads)
      implements FlatMapFunction<Iterator<Row>, Kept<S>> {

    @Override
    public Iterator<Kept<S>> call(Iterator<Row> images) {
      TaskEngine<TrainedGraph> engine = new TaskEngine<>(threads);
      List<Kept<S>> kept = new ArrayList<>();
      images.forEachRemaining(
          row ->
              kept.add(
                  new Kept<>(
                      places.get(row.<String>getAs(ImagesTable.IMAGE_ID)),
                      engine.with(
                          network,
                          graph ->
                              method.look(
                                  settings,
                                  graph,
                                  frame.view(ImagesTable.pixels(row), 0).toFloat())))));
      return kept.iterator();
    }
  }
}
