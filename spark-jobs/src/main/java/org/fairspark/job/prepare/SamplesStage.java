package org.fairspark.job.prepare;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.dataset.TextureListing;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.ImageSize;
import org.fairspark.runtime.Progress;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.InputFormat;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableWriter;

/** The stage that makes the training samples of all training images of {@code images/}. */
final class SamplesStage {
  private final SparkSession spark;
  private final FairConfig config;

  /**
   * Makes the stage.
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

  /** Returns about how many bytes a row takes before compression. */
  static long rowBytes(FairConfig config) {
    return 4L * config.extractor().channels() * config.image().size().pixels() + 500;
  }

  /**
   * Runs the stage.
   *
   * @param textures listed texture files, or nothing to take textures from the training images
   * @param shared corrupted images that other filters use too, if any do
   */
  TableWriter.Staged run(
      Table images,
      Optional<TextureListing> textures,
      Optional<SharedCorruptions> shared,
      TableWriter writer,
      Progress progress)
      throws IOException {
    if (config.samplesPerImage() == 0) {
      return writer.stage(SamplesTable.SPEC, spark.createDataFrame(List.of(), schema()));
    }
    if (shared.isPresent()) {
      return write(shared.get().images(() -> corrupted(images, textures)), writer, progress);
    }
    try (CorruptedImages corrupted = corrupted(images, textures)) {
      return write(corrupted, writer, progress);
    }
  }

  private CorruptedImages corrupted(Table images, Optional<TextureListing> textures) {
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
    return CorruptedImages.of(config, train, textures);
  }

  private TableWriter.Staged write(CorruptedImages corrupted, TableWriter writer, Progress progress)
      throws IOException {
    LongAccumulator done = spark.sparkContext().longAccumulator("samples");
    progress.follow(done::value);
    HighFrequencyExtractor extractor = config.extractor();
    JavaRDD<Row> rows = corrupted.images().map(new Filter(extractor, format(), done));
    return writer.stage(SamplesTable.SPEC, spark.createDataFrame(rows, schema()));
  }

  private StructType schema() {
    ImageSize size = config.image().size();
    HighFrequencyExtractor extractor = config.extractor();
    return SamplesTable.schema(
        extractor.channels(), size.height(), size.width(), extractor.describe(), format());
  }

  private InputFormat format() {
    return InputFormat.written(config.samples().precision());
  }

  /** The work on one image. */
  private record Filter(HighFrequencyExtractor extractor, InputFormat format, LongAccumulator done)
      implements Function<CorruptedImage, Row> {

    @Override
    public Row call(CorruptedImage image) {
      Row row = image.sample(extractor).toRow(format);
      done.add(1);
      return row;
    }
  }
}
