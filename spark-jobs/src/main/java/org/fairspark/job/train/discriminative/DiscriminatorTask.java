package org.fairspark.job.train.discriminative;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CleanImages;
import org.fairspark.corruption.CorruptedSample;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.detect.Frame;
import org.fairspark.detect.discriminative.DiscriminativeFunction;
import org.fairspark.files.AbstractIterator;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.inference.ModelSource;
import org.fairspark.random.SeededRandom;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.textures.SampleSources;
import org.fairspark.training.TrainingSample;

/**
 * The making of the discriminative network's samples from clean images: the corrupted images of
 * {@code samples/} once more (the same seeds give the same pixels), their restorations beside them,
 * and where they were corrupted.
 */
record DiscriminatorTask(
    String category,
    CorruptionRecipe recipe,
    CutPasteStyle cutpaste,
    CleanImages cleanImages,
    int variants,
    HighFrequencyExtractor extractor,
    long seed,
    Frame frame,
    SampleSources sources,
    ModelSource restoration,
    int threads)
    implements FlatMapFunction<Iterator<Row>, TrainingSample> {

  static DiscriminatorTask of(
      FairConfig config,
      String category,
      SampleSources sources,
      ModelSource restoration,
      int threads) {
    return new DiscriminatorTask(
        category,
        config.corruption().recipe(),
        config.corruption().cutpaste(),
        config.corruption().clean(),
        config.corruption().variants(),
        config.extractor(),
        config.seed(),
        config.image().frame(),
        sources,
        restoration,
        threads);
  }

  @Override
  public Iterator<TrainingSample> call(Iterator<Row> images) {
    Corruptor corruptor = new Corruptor(recipe, cutpaste);
    return new AbstractIterator<>() {
      private Iterator<TrainingSample> ready = Collections.emptyIterator();

      @Override
      protected TrainingSample computeNext() {
        while (!ready.hasNext() && images.hasNext()) {
          ready = samples(images.next(), corruptor).iterator();
        }
        return ready.hasNext() ? ready.next() : null;
      }
    };
  }

  private List<TrainingSample> samples(Row row, Corruptor corruptor) {
    String id = row.getAs(ImagesTable.IMAGE_ID);
    PixelImage kept = ImagesTable.pixels(row);
    ImageSize size = frame.size();
    List<TrainingSample> samples = new ArrayList<>(variants);
    for (int variant = 0; variant < variants; variant++) {
      long own = SeededRandom.seed(seed, id, variant);
      CorruptedSample sample =
          corruptor.corrupt(
              cleanImages.of(frame.view(kept, own), own),
              sources.textures(category),
              sources.normals(category),
              own);
      FloatImage input = extractor.extract(sample.corrupted());
      // One at a time: a convolution rounds differently for another number of images.
      float[] restored =
          restoration.with(
              threads,
              restorer -> restorer.restore(input.values(), 1, size.height(), size.width()));
      FloatImage both =
          DiscriminativeFunction.input(
              sample.corrupted(), new FloatImage(3, size.height(), size.width(), restored));
      samples.add(
          new TrainingSample(id, variant, Float32Codec.of(both.values()), sample.mask().pixels()));
    }
    return samples;
  }
}
