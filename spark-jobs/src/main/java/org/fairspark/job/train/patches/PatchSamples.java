package org.fairspark.job.train.patches;

import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Frame;
import org.fairspark.detect.PatchMethod;
import org.fairspark.detect.PatchSample;
import org.fairspark.image.PixelImage;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.random.SeededRandom;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.training.TrainingSample;

/**
 * The making of samples from clean images, a function of an image, its id, the sample's number, the
 * variant and the run's seed.
 *
 * @param variants of each sample
 */
record PatchSamples(
    PatchMethod<?> method, DetectionSettings settings, int variants, long seed, Frame frame)
    implements FlatMapFunction<Iterator<Row>, TrainingSample> {

  static PatchSamples of(PatchMethod<?> method, FairConfig config) {
    return new PatchSamples(
        method,
        config.detection(),
        config.corruption().variants(),
        config.seed(),
        config.image().frame());
  }

  @Override
  public Iterator<TrainingSample> call(Iterator<Row> images) {
    Iterable<Row> all = () -> images;
    return StreamSupport.stream(all.spliterator(), false).flatMap(this::samples).iterator();
  }

  private Stream<TrainingSample> samples(Row row) {
    String id = row.getAs(ImagesTable.IMAGE_ID);
    PixelImage image = frame.view(ImagesTable.pixels(row), 0);
    return IntStream.range(0, method.samplesOfImage() * variants)
        .mapToObj(number -> sample(id, image, number / variants, number % variants));
  }

  private TrainingSample sample(String id, PixelImage image, int repeat, int variant) {
    long own = SeededRandom.seed(seed, "%s/%s/%d".formatted(method.name(), id, repeat), variant);
    PatchSample sample = method.sample(settings, image, own);
    return new TrainingSample(
        TrainingSpec.shown(id, repeat),
        variant,
        Float32Codec.of(sample.input()),
        Float32Codec.of(sample.target()));
  }
}
