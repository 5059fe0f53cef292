package org.fairspark.job.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
import org.fairspark.image.ImageTraits;
import org.fairspark.image.PixelImage;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.Inspections;
import org.fairspark.inference.TaskDetector;
import org.fairspark.inspection.Inspection;
import org.fairspark.job.train.ScoreSelection.OwnScores;
import org.fairspark.metrics.Uncovered;
import org.fairspark.network.InferenceEngine;
import org.fairspark.scoring.NormalMaps;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.InspectionJson;
import org.fairspark.store.model.KnownTraits;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.NewCalibration;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ImagesTable;

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
   * Returns what a calibration is made from, with the category's inspection where it is not of the
   * whole image.
   *
   * @param provenance of everything else
   * @throws org.fairspark.failure.FairException if the file of regions cannot be read or used
   */
  public static Provenance inspected(
      Provenance provenance, JavaSparkContext spark, FairConfig config, String category) {
    Inspection inspection = Inspections.ofSettings(config, spark.hadoopConfiguration(), category);
    return inspection.equals(Inspection.WHOLE)
        ? provenance
        : provenance
            .with("inspection", InspectionJson.tree(inspection))
            // Scores by position once looked at what is not inspected: such thresholds are made
            // anew.
            .with("positions", "inspected");
  }

  /**
   * Chooses the scores of images and pixels, if that is asked for, and calibrates.
   *
   * @param images rows of {@code images/} with id, size and pixels, the held-out ones among them
   * @param whole detector of the trained model, which inspects whole images
   * @param engine that runs its networks
   */
  public static NewCalibration run(
      JavaSparkContext spark,
      FairConfig config,
      String category,
      Dataset<Row> images,
      HeldOut held,
      DetectorSource whole,
      InferenceEngine engine) {
    Inspection inspection = Inspections.ofSettings(config, spark.hadoopConfiguration(), category);
    DetectorSource detector = whole.inspecting(inspection);
    JavaRDD<Row> all = images.toJavaRDD();
    int threads = TaskCores.of(spark.sc().conf());
    ScoreSelection selected =
        ScoreSelection.run(spark, config, category, all, held, detector, threads);
    ModelScore score = ModelScore.of(config, selected.choice(), selected.pixels());
    Optional<NormalMaps> normals = Optional.ofNullable(selected.scorer().normals());
    if (held.ids().isEmpty()) {
      return new NewCalibration(
          ModelCalibration.none(held.reason()).with(score).with(inspection), normals);
    }
    DetectorSource scored = detector.scoredBy(spark, selected.scorer());
    CalibrationConfig wanted = config.calibration();
    Broadcast<Set<String>> ids = spark.broadcast(Set.copyOf(held.ids()));
    try {
      JavaRDD<Row> rows = all.filter(row -> ids.value().contains(row.getAs(ImagesTable.IMAGE_ID)));
      int tasks = (held.ids().size() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
      Detect task = new Detect(scored, threads, wanted.pixelShare());
      List<Inspected> found =
          GpuStages.detecting(
                  rows.repartition(tasks).mapPartitions(task), config.inference().shareGpus())
              .collect();
      float[] scores = new float[found.size()];
      float[] levels = new float[found.size()];
      double[] mapLevels = new double[found.size()];
      for (int i = 0; i < scores.length; i++) {
        Inspected one = found.get(i);
        OwnScores own =
            selected.own().getOrDefault(one.id(), new OwnScores(one.score(), one.level()));
        scores[i] = own.image();
        levels[i] = own.pixelLevel();
        mapLevels[i] = one.mapLevel();
      }
      KnownTraits traits = KnownTraits.of(found.stream().map(Inspected::traits).toList());
      Calibration calibration =
          Calibration.of(
              scores, levels, wanted.pixelShare(), wanted.falsePositiveRate(), CONFIDENCE);
      return new NewCalibration(
          ModelCalibration.of(calibration, engine)
              .with(score)
              .with(Uncovered.Range.of(mapLevels))
              .with(traits)
              .with(inspection),
          normals);
    } finally {
      ids.destroy();
      scored.destroyScorer();
    }
  }

  /** An image's score, its map's pixel level and median, and its own traits. */
  private record Inspected(String id, float score, float level, float mapLevel, ImageTraits traits)
      implements Serializable {}

  /** Score and pixel level of every image of a partition. */
  private record Detect(DetectorSource source, int threads, double pixelShare)
      implements FlatMapFunction<Iterator<Row>, Inspected> {

    @Override
    public Iterator<Inspected> call(Iterator<Row> rows) {
      List<Inspected> inspected = new ArrayList<>(IMAGES_PER_TASK);
      try (TaskDetector detector = new TaskDetector(threads)) {
        List<String> ids = new ArrayList<>();
        List<FloatImage> images = new ArrayList<>();
        List<ImageTraits> traits = new ArrayList<>();
        List<String> views = new ArrayList<>();
        while (rows.hasNext()) {
          Row row = rows.next();
          PixelImage pixels = ImagesTable.pixels(row);
          ids.add(row.getAs(ImagesTable.IMAGE_ID));
          images.add(pixels.toFloat());
          traits.add(ImageTraits.of(pixels));
          views.add(AnnotationColumns.view(row));
          if (images.size() == source.settings().imagesAtATime() || !rows.hasNext()) {
            List<Detection> found = detector.detect(source, images, views);
            for (int i = 0; i < found.size(); i++) {
              Inspection own = source.inspection().of(views.get(i));
              inspected.add(inspected(ids.get(i), found.get(i), traits.get(i), own));
            }
            ids.clear();
            traits.clear();
            views.clear();
            images.clear();
          }
        }
      }
      return inspected.iterator();
    }

    private Inspected inspected(
        String id, Detection detection, ImageTraits traits, Inspection own) {
      return new Inspected(
          id,
          detection.score(),
          PixelLevel.of(own.values(detection.map()), pixelShare),
          detection.level(),
          traits);
    }
  }
}
