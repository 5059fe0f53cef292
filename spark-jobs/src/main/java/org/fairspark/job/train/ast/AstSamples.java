package org.fairspark.job.train.ast;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.fairspark.detect.Frame;
import org.fairspark.detect.ast.FeatureMaps;
import org.fairspark.features.BackboneSettings;
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.GraphSource;
import org.fairspark.inference.TaskEngine;
import org.fairspark.network.Backbone;
import org.fairspark.network.TrainedGraph;
import org.fairspark.spark.MappedIterator;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.training.TrainingSample;

/**
 * The making of samples from normal images: their features, and for the student what the teacher
 * makes of them. A sample depends on its image alone.
 *
 * @param teacher the trained one; empty for samples of the teacher itself
 * @param threads native threads
 */
record AstSamples(
    BackboneSettings settings,
    BackboneSource backbone,
    List<GraphSource> teacher,
    Frame frame,
    int threads)
    implements FlatMapFunction<Iterator<Row>, TrainingSample> {

  AstSamples {
    teacher = List.copyOf(teacher);
  }

  @Override
  public Iterator<TrainingSample> call(Iterator<Row> images) {
    TaskEngine<Backbone> backbones = new TaskEngine<>(threads);
    TaskEngine<TrainedGraph> teachers = new TaskEngine<>(threads);
    return new MappedIterator<>(images, row -> sample(row, backbones, teachers));
  }

  private TrainingSample sample(
      Row row, TaskEngine<Backbone> backbones, TaskEngine<TrainedGraph> teachers) {
    FeatureMaps maps =
        backbones.with(
            backbone,
            network ->
                FeatureMaps.of(
                    settings, network, frame.view(ImagesTable.pixels(row), 0).toFloat()));
    List<float[]> inputs = maps.inputs();
    List<float[]> wanted =
        teacher.isEmpty()
            ? List.of()
            : teachers.with(teacher.get(0), network -> network.run(inputs));
    return new TrainingSample(
        row.getAs(ImagesTable.IMAGE_ID), 0, Float32Codec.of(inputs), Float32Codec.of(wanted));
  }
}
