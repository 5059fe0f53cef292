package org.fairspark.job.prepare;

import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.config.ImageConfig;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.detect.Frame;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.ImageSize;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.runtime.Progress;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.QuarantineTable.BadFile;
import org.fairspark.store.table.TableWriter;

/**
 * The stage that decodes and resizes all images in one pass over their files. Good ones become
 * rows; the few bad ones, and what is to be told of the good ones, come back to the driver by
 * accumulators, so that nothing is decoded twice.
 */
final class ImagesStage {
  private final SparkSession spark;
  private final MaskCoding coding;
  private final ImageConfig image;
  private final int parts;

  /**
   * Makes the stage.
   *
   * @param parts how many tasks to make at least
   */
  ImagesStage(SparkSession spark, MaskCoding coding, ImageConfig image, int parts) {
    this.spark = spark;
    this.coding = coding;
    this.image = image;
    this.parts = parts;
  }

  /**
   * The outcome of the stage.
   *
   * @param rows staged, not yet a table
   * @param bad files that could not be used, in the order of their image's id
   * @param facts about the images that could be used, and evidence of those that need an offset, in
   *     the order of their id
   */
  record Result(TableWriter.Staged rows, List<BadFile> bad, List<ImageFacts> facts) {}

  /** Returns about how many bytes a row takes before compression. */
  static long rowBytes(ImageSize kept) {
    return 4L * kept.pixels() + 1000;
  }

  /**
   * Runs the stage.
   *
   * @param depths of 16-bit samples by category; by what a file says where there is none
   */
  Result run(
      List<ImageEntry> entries, Map<String, BitDepth> depths, TableWriter writer, Progress progress)
      throws IOException {
    Frame frame = image.frame();
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    LongAccumulator done = spark.sparkContext().longAccumulator("images");
    CollectionAccumulator<BadFile> bad = spark.sparkContext().collectionAccumulator("bad files");
    // Without a name: Spark's UI and event log would hold a named one's values as text.
    CollectionAccumulator<ImageFacts> facts = spark.sparkContext().collectionAccumulator();
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    progress.follow(done::value);
    try {
      List<List<ImageEntry>> chunks = ImageChunks.cut(entries, rowBytes(image.size()), parts);
      JavaRDD<Row> rows =
          context
              .parallelize(chunks, chunks.size())
              .mapPartitions(
                  new Decode(
                      hadoop,
                      coding,
                      frame,
                      image.maxPixels(),
                      new TreeMap<>(depths),
                      done,
                      bad,
                      facts));
      Dataset<Row> table = spark.createDataFrame(rows, ImagesTable.schema(frame.keptAlike()));
      TableWriter.Staged staged = writer.stage(ImagesTable.SPEC, table);
      return new Result(
          staged,
          distinct(bad.value(), BadFile::imageId),
          distinct(facts.value(), ImageFacts::imageId));
    } finally {
      hadoop.destroy();
    }
  }

  /** Returns each image's once: a task that ran twice reported its own twice. */
  private static <T> List<T> distinct(List<T> reported, Function<T, String> imageId) {
    TreeMap<String, T> byImage = new TreeMap<>(Comparator.naturalOrder());
    reported.forEach(one -> byImage.put(imageId.apply(one), one));
    return List.copyOf(byImage.values());
  }

  /** The work of a task. */
  private record Decode(
      Broadcast<SerializableConfiguration> hadoop,
      MaskCoding coding,
      Frame frame,
      long maxPixels,
      TreeMap<String, BitDepth> depths,
      LongAccumulator done,
      CollectionAccumulator<BadFile> bad,
      CollectionAccumulator<ImageFacts> facts)
      implements FlatMapFunction<Iterator<List<ImageEntry>>, Row> {

    @Override
    public Iterator<Row> call(Iterator<List<ImageEntry>> chunks) {
      WholeFileReader files = new WholeFileReader(hadoop.value().value());
      DecodeTask task = new DecodeTask(files, new DecodeLimits(maxPixels), coding, frame, depths);
      return new Rows(chunks, task, this);
    }
  }

  /** Decodes one image after the other, as the writer asks for them. */
  private static final class Rows extends AbstractIterator<Row> {
    private final Iterator<List<ImageEntry>> chunks;
    private final DecodeTask task;
    private final Decode stage;
    private Iterator<ImageEntry> chunk = List.<ImageEntry>of().iterator();

    Rows(Iterator<List<ImageEntry>> chunks, DecodeTask task, Decode stage) {
      this.chunks = chunks;
      this.task = task;
      this.stage = stage;
    }

    @Override
    protected Row computeNext() {
      while (chunk.hasNext() || chunks.hasNext()) {
        if (!chunk.hasNext()) {
          chunk = chunks.next().iterator();
          continue;
        }
        Row row = row(chunk.next());
        if (row != null) {
          return row;
        }
      }
      return null;
    }

    /** Returns the row of an image, or null for a bad one, which is counted. */
    private Row row(ImageEntry entry) {
      try {
        DecodeTask.Outcome outcome = task.decode(entry);
        stage.done().add(1);
        if (outcome.bad() != null) {
          stage.bad().add(outcome.bad());
        }
        if (outcome.facts() != null) {
          stage.facts().add(outcome.facts());
        }
        return outcome.row() == null ? null : outcome.row().toRow();
      } catch (IOException e) {
        throw WholeFileReader.failure(entry.path(), e);
      }
    }
  }
}
