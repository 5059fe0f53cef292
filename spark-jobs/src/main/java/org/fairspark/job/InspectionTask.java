package org.fairspark.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.PixelImage;
import org.fairspark.inspection.Inspection;
import org.fairspark.inspection.Inspector;
import org.fairspark.job.inference.Lease;
import org.fairspark.job.inference.ModelSource;
import org.fairspark.table.ImagesTable;
import org.fairspark.table.MapsTable;

/**
 * Inspects a partition of images of one category, a batch at a time: rows of images/ in, rows of
 * maps/ out.
 */
record InspectionTask(
    ModelSource model,
    HighFrequencyExtractor extractor,
    MapSource maps,
    int batchSize,
    int threads,
    LongAccumulator done,
    InferenceClock clock)
    implements FlatMapFunction<Iterator<Row>, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> images) {
    return new Inspected(images);
  }

  private final class Inspected implements Iterator<Row> {
    private final Iterator<Row> images;
    private boolean first = true;
    private final Queue<Row> ready = new ArrayDeque<>();
    private Lease lease;

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
      List<PixelImage> batch = new ArrayList<>(batchSize);
      while (rows.size() < batchSize && images.hasNext()) {
        Row row = images.next();
        LogContext.image(row.getAs(ImagesTable.CATEGORY), row.getAs(ImagesTable.IMAGE_ID));
        rows.add(row);
        batch.add(ImagesTable.pixels(row));
      }
      List<Inspection> inspections = inspect(batch);
      for (int i = 0; i < rows.size(); i++) {
        ready.add(MapsTable.row(rows.get(i), inspections.get(i)));
      }
      first = false;
      done.add(rows.size());
      if (!images.hasNext()) {
        lease.close();
      }
    }

    private List<Inspection> inspect(List<PixelImage> batch) {
      if (lease == null) {
        lease = model.lease(threads);
        TaskContext task = TaskContext.get();
        if (task != null) {
          // Also where nobody reads to the end.
          task.addTaskCompletionListener((TaskCompletionListener) ended -> lease.close());
        }
      }
      try {
        return maps.with(threads, function -> inspect(batch, function));
      } catch (RuntimeException | Error e) {
        lease.discard();
        throw e;
      }
    }

    private List<Inspection> inspect(List<PixelImage> batch, MapFunction function) {
      Inspector inspector = new Inspector(extractor, lease.restorer(), function, batchSize);
      long before = System.nanoTime();
      List<Inspection> found = inspector.inspect(batch);
      clock.add(System.nanoTime() - before, batch.size(), !first && batch.size() == batchSize);
      return found;
    }
  }
}
