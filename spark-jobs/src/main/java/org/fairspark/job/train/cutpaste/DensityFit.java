package org.fairspark.job.train.cutpaste;

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
import org.fairspark.detect.Frame;
import org.fairspark.detect.cutpaste.CutPasteMethod;
import org.fairspark.detect.cutpaste.CutPasteNetwork;
import org.fairspark.detect.cutpaste.PatchGrid;
import org.fairspark.detect.padim.GaussianSums;
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
 * The fit of the Gaussian to the patches of normal images: sums of each image in tasks, added in
 * the order of the images' ids, so that the result does not depend on the cluster.
 *
 * @param rows of the training images: id, size and pixels
 * @param ids of the images to fit, sorted
 */
record DensityFit(JobContext context, JavaRDD<Row> rows, List<String> ids) {
  /** Most images: their sums meet on the driver, and they have patches enough. */
  private static final int MAX_IMAGES = 128;

  /** Returns the fit to the images that the network was trained on, evenly chosen if many. */
  static DensityFit of(TrainingRun run, String category, HeldOut held) {
    JobContext context = run.context();
    List<String> all =
        CategoryRows.trainImageIds(context.spark(), category, run.images()).stream()
            .filter(id -> !held.ids().contains(id))
            .toList();
    int count = Math.min(MAX_IMAGES, all.size());
    List<String> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / count)));
    }
    return new DensityFit(context, CutPasteStep.rows(run, category).toJavaRDD(), chosen);
  }

  /** Returns trained weights with the Gaussian. */
  NetworkWeights fit(NetworkWeights trained) {
    FairConfig config = context.config();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      places.put(ids.get(i), i);
    }
    GraphSource network =
        new GraphSource(
            "density " + UUID.randomUUID(), spark.broadcast(GraphExport.bytes(trained, Map.of())));
    try {
      JavaRDD<Row> images =
          rows.filter(row -> places.containsKey(row.<String>getAs(ImagesTable.IMAGE_ID)))
              .repartition(Math.min(spark.defaultParallelism(), ids.size()));
      List<Counted> counted =
          new ArrayList<>(
              GpuStages.detecting(images, config.inference().shareGpus())
                  .mapPartitions(
                      new Counting(
                          network,
                          CutPasteMethod.grid(config.detection()),
                          config.image().frame(),
                          places,
                          TaskCores.of(spark.sc().conf())))
                  .collect());
      counted.sort(Comparator.comparing(Counted::place));
      return CutPasteNetwork.withDensity(
          trained, counted.stream().map(Counted::sums).reduce(GaussianSums::add).orElseThrow());
    } finally {
      network.destroy();
    }
  }

  /**
   * An image's sums.
   *
   * @param place of the image among all
   */
  private record Counted(int place, GaussianSums sums) implements Serializable {}

  /** The work of a task. */
  private record Counting(
      GraphSource network, PatchGrid grid, Frame frame, Map<String, Integer> places, int threads)
      implements FlatMapFunction<Iterator<Row>, Counted> {

    @Override
    public Iterator<Counted> call(Iterator<Row> images) {
      TaskEngine<TrainedGraph> engine = new TaskEngine<>(threads);
      List<Counted> counted = new ArrayList<>();
      images.forEachRemaining(
          row ->
              counted.add(
                  new Counted(
                      places.get(row.<String>getAs(ImagesTable.IMAGE_ID)),
                      engine.with(
                          network,
                          graph ->
                              CutPasteNetwork.sums(
                                  graph,
                                  grid,
                                  frame.view(ImagesTable.pixels(row), 0).toFloat())))));
      return counted.iterator();
    }
  }
}
