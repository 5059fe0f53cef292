package org.fairspark.job.train.intra;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.fairspark.detect.Frame;
import org.fairspark.detect.intra.Inpainting;
import org.fairspark.detect.intra.MapSum;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.GraphSource;
import org.fairspark.inference.TaskEngine;
import org.fairspark.network.TrainedGraph;
import org.fairspark.store.table.ImagesTable;

/**
 * The sum of what differs in a partition's images from what a trained network paints in.
 *
 * @param frame in which the network sees images
 * @param threads native threads of a task
 */
record Differences(GraphSource network, Frame frame, int threads)
    implements FlatMapFunction<Iterator<Row>, MapSum> {

  @Override
  public Iterator<MapSum> call(Iterator<Row> rows) {
    TaskEngine<TrainedGraph> engine = new TaskEngine<>(threads);
    MapSum sum = MapSum.of(Math.toIntExact(frame.size().pixels()));
    while (rows.hasNext()) {
      FloatImage image = frame.view(ImagesTable.pixels(rows.next()), 0).toFloat();
      sum =
          sum.plus(
              engine.with(network, graph -> Inpainting.of(graph, image)).difference().values());
    }
    return List.of(sum).iterator();
  }
}
