package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.calibration.Calibration;
import org.fairspark.calibration.HeldOut;
import org.fairspark.calibration.PixelLevel;
import org.fairspark.config.CalibrationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Detection;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.ModelSource;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkWeights;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.table.ImagesTable;
import scala.Tuple2;

/**
 * Thresholds from the scores of the held-out images: detected as {@code score} detects, by the
 * engine that {@code score.engine} gives, because a threshold holds for the scores of that engine.
 */
final class CalibrationStage {
  /** Of the intervals that stand beside a threshold. */
  private static final double CONFIDENCE = 0.95;

  private static final int IMAGES_PER_TASK = 32;

  private CalibrationStage() {}

  /**
   * Calibrates.
   *
   * @param images rows of {@code images/} with id, size and pixels, the held-out ones among them
   * @param weights of the trained network
   * @param engine what restores
   */
  static ModelCalibration run(
      JavaSparkContext spark,
      FairConfig config,
      Dataset<Row> images,
      HeldOut held,
      NetworkWeights weights,
      InferenceEngine engine) {
    if (held.ids().isEmpty()) {
      return ModelCalibration.none(held.reason());
    }
    CalibrationConfig wanted = config.calibration();
    ModelSource model =
        ModelSource.broadcast(
            spark, engine, "calibration " + UUID.randomUUID(), weights.withoutMoments());
    Broadcast<Set<String>> ids = spark.broadcast(Set.copyOf(held.ids()));
    try {
      JavaRDD<Row> rows =
          images.toJavaRDD().filter(row -> ids.value().contains(row.getAs(ImagesTable.IMAGE_ID)));
      int tasks = (held.ids().size() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
      Inspect task =
          new Inspect(
              model,
              config.filter().extractor(),
              config.evaluation().function(),
              config.evaluation().batchSize(),
              spark.sc().conf().getInt("spark.task.cpus", 1),
              wanted.pixelShare());
      List<Tuple2<Float, Float>> found =
          GpuStages.onGpu(rows.repartition(tasks).mapPartitions(task)).collect();
      float[] scores = new float[found.size()];
      float[] levels = new float[found.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = found.get(i)._1();
        levels[i] = found.get(i)._2();
      }
      return ModelCalibration.of(
          Calibration.of(
              scores, levels, wanted.pixelShare(), wanted.falsePositiveRate(), CONFIDENCE),
          engine);
    } finally {
      model.destroy();
      ids.destroy();
    }
  }

  /** Score and pixel level of every image of a partition. */
  private record Inspect(
      ModelSource model,
      HighFrequencyExtractor extractor,
      AnomalyFunction function,
      int batchSize,
      int threads,
      double pixelShare)
      implements FlatMapFunction<Iterator<Row>, Tuple2<Float, Float>> {

    @Override
    public Iterator<Tuple2<Float, Float>> call(Iterator<Row> rows) {
      List<FloatImage> images = new ArrayList<>(IMAGES_PER_TASK);
      rows.forEachRemaining(row -> images.add(ImagesTable.pixels(row).toFloat()));
      if (images.isEmpty()) {
        return List.<Tuple2<Float, Float>>of().iterator();
      }
      List<Detection> detections =
          model.with(
              threads,
              restorer ->
                  new RestorationDetector(extractor, restorer, function, batchSize).detect(images));
      return detections.stream()
          .map(i -> new Tuple2<>(i.score(), PixelLevel.of(i.map().values(), pixelShare)))
          .iterator();
    }
  }
}
