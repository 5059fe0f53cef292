package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fairspark.calibration.Calibration;
import org.fairspark.calibration.HeldOut;
import org.fairspark.calibration.PixelLevel;
import org.fairspark.config.CalibrationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Detection;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.TaskDetector;
import org.fairspark.network.InferenceEngine;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.table.ImagesTable;
import scala.Tuple2;

/**
 * Thresholds from the scores of the held-out images: detected as {@code score} detects, by the
 * engine that {@code score.engine} gives, because a threshold holds for the scores of that engine.
 */
public final class CalibrationStage {
  /** The confidence of the intervals beside a threshold. */
  private static final double CONFIDENCE = 0.95;

  private static final int IMAGES_PER_TASK = 32;

  private CalibrationStage() {}

  /**
   * Calibrates.
   *
   * @param images rows of {@code images/} with id, size and pixels, the held-out ones among them
   * @param detector of the trained model
   * @param engine that runs its networks
   */
  public static ModelCalibration run(
      JavaSparkContext spark,
      FairConfig config,
      Dataset<Row> images,
      HeldOut held,
      DetectorSource detector,
      InferenceEngine engine) {
    if (held.ids().isEmpty()) {
      return ModelCalibration.none(held.reason());
    }
    CalibrationConfig wanted = config.calibration();
    Broadcast<Set<String>> ids = spark.broadcast(Set.copyOf(held.ids()));
    try {
      JavaRDD<Row> rows =
          images.toJavaRDD().filter(row -> ids.value().contains(row.getAs(ImagesTable.IMAGE_ID)));
      int tasks = (held.ids().size() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
      Detect task = new Detect(detector, TaskCores.of(spark.sc().conf()), wanted.pixelShare());
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
      ids.destroy();
    }
  }

  /** Score and pixel level of every image of a partition. */
  private record Detect(DetectorSource source, int threads, double pixelShare)
      implements FlatMapFunction<Iterator<Row>, Tuple2<Float, Float>> {

    @Override
    public Iterator<Tuple2<Float, Float>> call(Iterator<Row> rows) {
      List<FloatImage> images = new ArrayList<>(IMAGES_PER_TASK);
      rows.forEachRemaining(row -> images.add(ImagesTable.pixels(row).toFloat()));
      if (images.isEmpty()) {
        return List.<Tuple2<Float, Float>>of().iterator();
      }
      List<Detection> detections;
      try (TaskDetector detector = new TaskDetector(threads)) {
        detections = detector.with(source, own -> own.detect(images));
      }
      return detections.stream()
          .map(i -> new Tuple2<>(i.score(), PixelLevel.of(i.map().values(), pixelShare)))
          .iterator();
    }
  }
}
