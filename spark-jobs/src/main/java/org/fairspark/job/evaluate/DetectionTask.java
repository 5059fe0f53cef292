package org.fairspark.job.evaluate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.detect.Detection;
import org.fairspark.files.AbstractIterator;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.InferenceTimer;
import org.fairspark.inference.TaskDetector;
import org.fairspark.spark.LogContext;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ImagesTable;

/**
 * Detection in a partition of images of one category, a batch at a time: rows of images/ in, rows
 * of maps/ out.
 */
record DetectionTask(
    DetectorSource source,
    MapRows maps,
    int batchSize,
    int threads,
    LongAccumulator done,
    InferenceTimer clock)
    implements FlatMapFunction<Iterator<Row>, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> images) {
    return new Detected(images);
  }

  private final class Detected extends AbstractIterator<Row> {
    private final Iterator<Row> images;
    private boolean first = true;
    private final Queue<Row> ready = new ArrayDeque<>();
    private final TaskDetector detector = new TaskDetector(threads);

    Detected(Iterator<Row> images) {
      this.images = images;
    }

    @Override
    protected Row computeNext() {
      if (ready.isEmpty() && images.hasNext()) {
        detectBatch();
      }
      return ready.poll();
    }

    @Override
    public void close() {
      detector.close();
    }

    private void detectBatch() {
      List<Row> rows = new ArrayList<>(batchSize);
      List<FloatImage> batch = new ArrayList<>(batchSize);
      while (rows.size() < batchSize && images.hasNext()) {
        Row row = images.next();
        LogContext.image(row.getAs(ImagesTable.CATEGORY), row.getAs(ImagesTable.IMAGE_ID));
        rows.add(row);
        batch.add(ImagesTable.pixels(row).toFloat());
      }
      List<Detection> detections =
          detect(batch, rows.stream().map(AnnotationColumns::view).toList());
      for (int i = 0; i < rows.size(); i++) {
        ready.add(maps.row(rows.get(i), batch.get(i), detections.get(i)));
      }
      first = false;
      done.add(rows.size());
    }

    private List<Detection> detect(List<FloatImage> batch, List<String> views) {
      long before = System.nanoTime();
      List<Detection> detections = detector.detect(source, batch, views);
      clock.add(System.nanoTime() - before, batch.size(), !first && batch.size() == batchSize);
      return detections;
    }
  }
}
