package org.fairspark.job.train.features;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.fairspark.detect.Frame;
import org.fairspark.features.BackboneSettings;
import org.fairspark.image.FloatImage;
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.TaskEngine;
import org.fairspark.network.Backbone;
import org.fairspark.spark.MappedIterator;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.training.TrainingSample;

/**
 * The making of samples from clean images: the features of all layers of each, one layer after the
 * other.
 *
 * @param settings layers and preprocessing
 * @param frame in which the backbone sees images
 * @param threads native threads of a task
 */
record FeatureSamples(BackboneSource backbone, BackboneSettings settings, Frame frame, int threads)
    implements FlatMapFunction<Iterator<Row>, TrainingSample> {

  @Override
  public Iterator<TrainingSample> call(Iterator<Row> images) {
    TaskEngine<Backbone> engine = new TaskEngine<>(threads);
    return new MappedIterator<>(images, row -> sample(row, engine));
  }

  private TrainingSample sample(Row row, TaskEngine<Backbone> engine) {
    FloatImage image = frame.view(ImagesTable.pixels(row), 0).toFloat();
    return new TrainingSample(
        row.getAs(ImagesTable.IMAGE_ID),
        0,
        engine.with(backbone, network -> features(network, image)),
        new byte[0]);
  }

  private byte[] features(Backbone network, FloatImage image) {
    return Float32Codec.of(
        network.features(settings.preprocess(image)).stream().map(FloatImage::values).toList());
  }
}
