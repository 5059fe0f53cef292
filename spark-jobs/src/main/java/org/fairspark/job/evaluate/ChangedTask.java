package org.fairspark.job.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.corruption.StatedChange;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Reconstruction;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.TaskDetector;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.metrics.ImageMetadata;
import org.fairspark.metrics.InspectedMap;
import org.fairspark.metrics.MaskConvention;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ImagesTable;

/**
 * Metrics of a partition of a category's test images under a stated change; maps are not kept.
 *
 * @param source of the category's detector
 * @param change of the images
 * @param seed of the run
 * @param levels that decide; null where there are none
 * @param batchSize images that are detected in at a time
 * @param threads native threads
 * @param done images so far
 */
record ChangedTask(
    DetectorSource source,
    StatedChange change,
    long seed,
    MaskConvention masks,
    double fprLimit,
    DecisionLevels levels,
    int batchSize,
    int threads,
    LongAccumulator done)
    implements FlatMapFunction<Iterator<Row>, CategoryMetrics> {

  @Override
  public Iterator<CategoryMetrics> call(Iterator<Row> images) {
    CategoryMetrics metrics = new CategoryMetrics(masks, fprLimit, levels);
    Map<Inside, boolean[]> inside = new HashMap<>();
    try (TaskDetector detector = new TaskDetector(threads)) {
      List<Row> rows = new ArrayList<>(batchSize);
      while (images.hasNext()) {
        rows.add(images.next());
        if (rows.size() == batchSize || !images.hasNext()) {
          List<FloatImage> batch =
              rows.stream()
                  .map(
                      row ->
                          change
                              .apply(ImagesTable.pixels(row), seed, row.getAs(ImagesTable.IMAGE_ID))
                              .toFloat())
                  .toList();
          List<String> views = rows.stream().map(AnnotationColumns::view).toList();
          List<Detection> found = detector.detect(source, batch, views);
          for (int i = 0; i < rows.size(); i++) {
            boolean[] inspected =
                inside.computeIfAbsent(
                    new Inside(views.get(i), batch.get(i).size()),
                    own ->
                        source
                            .inspection()
                            .of(own.view())
                            .inside(own.size().height(), own.size().width()));
            count(metrics, rows.get(i), found.get(i), inspected);
          }
          done.add(rows.size());
          rows.clear();
        }
      }
    }
    return List.of(metrics).iterator();
  }

  /** The key of what is inspected of images of a view and size. */
  private record Inside(String view, ImageSize size) {}

  private static void count(CategoryMetrics metrics, Row row, Detection found, boolean[] inside) {
    InspectedMap map = new InspectedMap(found.map().values(), found.map().width(), inside);
    if (row.<Integer>getAs(ImagesTable.LABEL) == 1) {
      metrics.addAnomalous(
          row.getAs(ImagesTable.DEFECT),
          found.score(),
          map,
          row.getAs(ImagesTable.MASK),
          ImageMetadata.NONE);
    } else {
      metrics.addNormal(
          map,
          found.score(),
          found.extra(Reconstruction.MSE).stream().mapToDouble(error -> error[0]).findFirst(),
          ImageMetadata.NONE);
    }
  }
}
