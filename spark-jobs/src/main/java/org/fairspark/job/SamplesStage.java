package org.fairspark.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.FairConfig;
import org.fairspark.config.FilterConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.corruption.TextureSource;
import org.fairspark.dataset.Split;
import org.fairspark.dataset.TextureListing;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.PixelImage;
import org.fairspark.table.ImagesTable;
import org.fairspark.table.SamplesTable;
import org.fairspark.table.Table;
import org.fairspark.table.TableWriter;

/** Makes the training samples of all training images of {@code images/}. */
final class SamplesStage {
  private final SparkSession spark;
  private final FairConfig config;

  /**
   * The stage.
   *
   * @param parts how many tasks to make at least, where there are images enough
   */
  SamplesStage(SparkSession spark, FairConfig config, int parts) {
    this.spark = spark.newSession();
    this.config = config;
    // Making samples is slow beside reading images: many small tasks keep all cores at work.
    this.spark.conf().set("spark.sql.files.minPartitionNum", parts);
    this.spark.conf().set("spark.sql.files.maxPartitionBytes", 16L << 20);
    this.spark.conf().set("spark.sql.files.openCostInBytes", 16L << 10);
  }

  /** About how many bytes a row takes before compression. */
  static long rowBytes(FairConfig config) {
    int size = config.image().size();
    return 4L * config.filter().extractor().channels() * size * size + 500;
  }

  /**
   * Runs the stage.
   *
   * @param textures listed texture files, or nothing to take textures from the training images
   */
  TableWriter.Staged run(
      Table images, Optional<TextureListing> textures, TableWriter writer, Progress progress)
      throws IOException {
    int size = config.image().size();
    LongAccumulator done = spark.sparkContext().longAccumulator("samples");
    progress.follow(done::value);
    Dataset<Row> train =
        images
            .dataset(spark)
            .where(col(ImagesTable.SPLIT).equalTo(Split.TRAIN.label()))
            .select(
                ImagesTable.CATEGORY,
                ImagesTable.IMAGE_ID,
                ImagesTable.HEIGHT,
                ImagesTable.WIDTH,
                ImagesTable.PIXELS);
    SampleSources sources = SampleSources.of(config, train, textures);
    try {
      HighFrequencyExtractor extractor = config.filter().extractor();
      JavaRDD<Row> rows =
          train
              .javaRDD()
              .mapPartitions(
                  new Corrupt(
                      config.corruption().recipe(),
                      config.corruption().cutpaste(),
                      config.corruption().variants(),
                      config.filter(),
                      config.seed(),
                      sources,
                      done));
      return writer.stage(
          SamplesTable.SPEC,
          spark.createDataFrame(
              rows, SamplesTable.schema(extractor.channels(), size, size, extractor.describe())));
    } finally {
      sources.destroy();
    }
  }

  /** The work of a task. */
  private record Corrupt(
      CorruptionRecipe recipe,
      CutPasteStyle cutpaste,
      int variants,
      FilterConfig filter,
      long seed,
      SampleSources sources,
      LongAccumulator done)
      implements FlatMapFunction<Iterator<Row>, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> images) {
      SampleTask task = new SampleTask(new Corruptor(recipe, cutpaste), filter.extractor(), seed);
      return new Samples(images, task, this);
    }
  }

  /** Makes one sample after the other, as the writer asks for them. */
  private static final class Samples implements Iterator<Row> {
    private final Iterator<Row> images;
    private final SampleTask task;
    private final Corrupt work;
    private String category = "";
    private TextureSource textures;
    private TextureSource normals;
    private String imageId;
    private PixelImage clean;
    private int variant;

    Samples(Iterator<Row> images, SampleTask task, Corrupt work) {
      this.images = images;
      this.task = task;
      this.work = work;
      this.variant = work.variants();
    }

    @Override
    public boolean hasNext() {
      return variant < work.variants() || images.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (variant == work.variants()) {
        begin(images.next());
      }
      Row row = task.make(category, imageId, clean, variant++, textures, normals).toRow();
      work.done().add(1);
      return row;
    }

    private void begin(Row image) {
      String next = image.getAs(ImagesTable.CATEGORY);
      if (!next.equals(category)) {
        category = next;
        textures = work.sources().textures(category);
        normals = work.sources().normals(category);
      }
      imageId = image.getAs(ImagesTable.IMAGE_ID);
      LogContext.image(category, imageId);
      clean = ImagesTable.pixels(image);
      variant = 0;
    }
  }
}
