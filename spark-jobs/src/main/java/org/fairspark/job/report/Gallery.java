package org.fairspark.job.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.fairspark.anomaly.Peak;
import org.fairspark.config.FairConfig;
import org.fairspark.config.ScoreSetting;
import org.fairspark.detect.Detection;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.EvaluatedModels;
import org.fairspark.inference.TaskDetector;
import org.fairspark.inspection.Inspection;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.metrics.Hysteresis;
import org.fairspark.random.SeededRandom;
import org.fairspark.report.PictureMaker;
import org.fairspark.report.Specimen;
import org.fairspark.report.SpecimenChoice;
import org.fairspark.report.SpecimenChoice.Candidate;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;

/**
 * The few images of a category that the report shows: the ones ranked best and worst and some at
 * random, detected in once more on the driver for their pictures.
 */
final class Gallery {
  private static final int IMAGES_PER_ROLE = 4;

  private final JobContext context;
  private final EvaluatedModels models;
  private final FairConfig config;
  private final Table images;

  Gallery(JobContext context, EvaluatedModels models, Table images) {
    this.context = context;
    this.models = models;
    this.config = models.config();
    this.images = images;
  }

  /**
   * Returns the category's specimens, chosen from all its scored images.
   *
   * @param levels by which false alarms are told and places are found, if there are such
   */
  List<Specimen> specimens(
      String category, List<Candidate> scored, Optional<DecisionLevels> levels) {
    Map<String, Specimen.Role> chosen =
        SpecimenChoice.of(
            scored,
            IMAGES_PER_ROLE,
            levels.stream().mapToDouble(DecisionLevels::image).findFirst(),
            SeededRandom.seed(config.seed(), "gallery/" + category, 0));
    if (chosen.isEmpty()) {
      return List.of();
    }
    Map<String, Row> rows = rows(category, List.copyOf(chosen.keySet()));
    List<Specimen> specimens = new ArrayList<>();
    Map<String, Candidate> byId =
        scored.stream().collect(Collectors.toMap(Candidate::imageId, c -> c));
    List<String> ids = List.copyOf(chosen.keySet());
    // All in one call: the detector fills up its batches, one image alone costs as much as many.
    List<Detection> detections = detect(category, ids.stream().map(rows::get).toList());
    // Colours show the map, of which the paper's score is the maximum, and other scores are not.
    boolean isMaximum = config.evaluation().score() == ScoreSetting.PAPER;
    Heat heat = Heat.of(isMaximum ? scored : maxima(ids, byId, detections));
    Inspection inspection = models.inspection(category);
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      Row row = rows.get(id);
      FloatImage found = detections.get(i).map();
      boolean[] inside =
          inspection.of(AnnotationColumns.view(row)).inside(found.height(), found.width());
      byte[] map = heat.picture(ImagesTable.pixels(row), found, inside, levels);
      specimens.add(specimen(byId.get(id), chosen.get(id), row, detections.get(i), map));
    }
    return specimens;
  }

  /** Returns the images with their maps' maxima for scores. */
  private static List<Candidate> maxima(
      List<String> ids, Map<String, Candidate> byId, List<Detection> detections) {
    List<Candidate> maxima = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Candidate image = byId.get(ids.get(i));
      float maximum = Peak.of(detections.get(i).map()).value();
      maxima.add(new Candidate(image.imageId(), image.defect(), image.anomalous(), maximum));
    }
    return maxima;
  }

  /** Detects as the evaluation did: by the same engine, on as many threads. */
  private List<Detection> detect(String category, List<Row> rows) {
    SparkContext spark = context.spark().sparkContext();
    DetectorSource source =
        models.source(JavaSparkContext.fromSparkContext(spark), models.engine().engine(), category);
    int step = source.settings().imagesAtATime() == 1 ? 1 : rows.size();
    List<Detection> found = new ArrayList<>();
    try (TaskDetector detector = new TaskDetector(TaskCores.of(spark.conf()))) {
      for (int from = 0; from < rows.size(); from += step) {
        List<Row> some = rows.subList(from, from + step);
        found.addAll(
            detector.detect(
                source,
                some.stream().map(row -> ImagesTable.pixels(row).toFloat()).toList(),
                some.stream().map(AnnotationColumns::view).toList()));
      }
      return found;
    } finally {
      source.destroy();
    }
  }

  private Map<String, Row> rows(String category, List<String> ids) {
    Map<String, Row> rows = new LinkedHashMap<>();
    images
        .dataset(context.spark())
        .where(functions.col(ImagesTable.CATEGORY).equalTo(category))
        .where(functions.col(ImagesTable.IMAGE_ID).isin(ids.toArray()))
        .select(
            Stream.concat(
                    Stream.of(
                        ImagesTable.IMAGE_ID,
                        ImagesTable.HEIGHT,
                        ImagesTable.WIDTH,
                        ImagesTable.PIXELS,
                        ImagesTable.MASK),
                    AnnotationColumns.in(images.schema().fieldNames()).stream())
                .map(functions::col)
                .toArray(Column[]::new))
        .collectAsList()
        .forEach(row -> rows.put(row.getAs(ImagesTable.IMAGE_ID), row));
    return rows;
  }

  /** The range of map values that a category's heat maps show in colour. */
  private record Heat(float calm, float hot) {
    static Heat of(List<Candidate> scored) {
      double[] normal = sorted(scored, false);
      double[] all = sorted(scored, true);
      double calm = 0.6 * median(normal.length > 0 ? normal : all);
      double hot = Math.max(all[(int) (0.95 * (all.length - 1))], 1.5 * calm);
      return new Heat((float) calm, (float) Math.max(hot, calm + 1e-6));
    }

    /** Draws a map over its image, with what of it is inspected and what the levels find. */
    byte[] picture(
        PixelImage image, FloatImage map, boolean[] inside, Optional<DecisionLevels> levels) {
      boolean[] found =
          levels
              .map(l -> Hysteresis.above(map.values(), map.width(), l.pixel(), l.lowPixel()))
              .orElse(null);
      return PictureMaker.heatMap(image, map, calm, hot, inside, found);
    }

    private static double[] sorted(List<Candidate> scored, boolean withAnomalous) {
      return scored.stream()
          .filter(s -> withAnomalous || !s.anomalous())
          .mapToDouble(Candidate::score)
          .sorted()
          .toArray();
    }

    private static double median(double[] sorted) {
      return sorted[sorted.length / 2];
    }
  }

  private static Specimen specimen(
      Candidate image, Specimen.Role role, Row row, Detection detection, byte[] map) {
    PixelImage pixels = ImagesTable.pixels(row);
    Map<Specimen.View, byte[]> views = new EnumMap<>(Specimen.View.class);
    views.put(Specimen.View.INPUT, PictureMaker.picture(pixels));
    detection
        .reconstruction()
        .ifPresent(
            made -> {
              views.put(Specimen.View.HIGH_PASS, PictureMaker.highPass(made.input()));
              views.put(Specimen.View.RESTORATION, PictureMaker.restoration(made.restored()));
            });
    views.put(Specimen.View.MAP, map);
    ImagesTable.mask(row)
        .ifPresent(mask -> views.put(Specimen.View.MASK, PictureMaker.maskOutline(pixels, mask)));
    return new Specimen(
        role,
        image.imageId(),
        image.defect(),
        image.anomalous(),
        OptionalDouble.of(image.score()),
        views);
  }
}
