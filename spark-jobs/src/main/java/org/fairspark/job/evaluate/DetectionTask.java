package org.fairspark.job.evaluate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.InferenceTimer;
import org.fairspark.inference.ModelSource;
import org.fairspark.inference.TaskEngine;
import org.fairspark.network.Restorer;
import org.fairspark.spark.LogContext;
import org.fairspark.store.table.ImagesTable;

/**
 * Inspects a partition of images of one category, a batch at a time: rows of images/ in, rows of
 * maps/ out.
 */
record DetectionTask(
    ModelSource model,
    HighFrequencyExtractor extractor,
    MapSource maps,
    int batchSize,
    int threads,
    LongAccumulator done,
    InferenceTimer clock)
    implements FlatMapFunction<Iterator<Row>, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> images) {
    return new Inspected(images);
  }

  private final class Inspected implements Iterator<Row> {
    private final Iterator<Row> images;
    private boolean first = true;
    private final Queue<Row> ready = new ArrayDeque<>();
    private final TaskEngine restorer = new TaskEngine(threads);

    Inspected(Iterator<Row> images) {
      this.images = images;
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || images.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (ready.isEmpty()) {
        inspectBatch();
      }
      return ready.remove();
    }

    private void inspectBatch() {
      List<Row> rows = new ArrayList<>(batchSize);
      List<FloatImage> batch = new ArrayList<>(batchSize);
      while (rows.size() < batchSize && images.hasNext()) {
        Row row = images.next();
        LogContext.image(row.getAs(ImagesTable.CATEGORY), row.getAs(ImagesTable.IMAGE_ID));
        rows.add(row);
        batch.add(ImagesTable.pixels(row).toFloat());
      }
      List<Detection> inspections = inspect(batch);
      for (int i = 0; i < rows.size(); i++) {
        ready.add(
            new MapRows(Reconstruction.EXTRAS).row(rows.get(i), batch.get(i), inspections.get(i)));
      }
      first = false;
      done.add(rows.size());
      if (!images.hasNext()) {
        restorer.close();
      }
    }

    private List<Detection> inspect(List<FloatImage> batch) {
      return restorer.with(
          model, own -> maps.with(threads, function -> inspect(batch, own, function)));
    }

    private List<Detection> inspect(List<FloatImage> batch, Restorer own, MapFunction function) {
      RestorationDetector inspector = new RestorationDetector(extractor, own, function, batchSize);
      long before = System.nanoTime();
      List<Detection> found = inspector.detect(batch);
      clock.add(System.nanoTime() - before, batch.size(), !first && batch.size() == batchSize);
      return found;
    }
  }
}
