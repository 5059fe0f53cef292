package org.fairspark.job.prepare;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.corruption.TextureSource;
import org.fairspark.dataset.TextureListing;
import org.fairspark.image.PixelImage;
import org.fairspark.spark.LogContext;
import org.fairspark.store.table.ImagesTable;

/**
 * The corrupted training images of a run, made as they are asked for. Where several filters need
 * them ({@link #keep}), the executors keep what the first one made on their disks; what is lost
 * with an executor is made again, the same.
 */
final class CorruptedImages implements AutoCloseable {
  private final SampleSources sources;
  private final JavaRDD<CorruptedImage> images;
  private final LongAccumulator made;

  private CorruptedImages(
      SampleSources sources, JavaRDD<CorruptedImage> images, LongAccumulator made) {
    this.sources = sources;
    this.images = images;
    this.made = made;
  }

  /**
   * Says how to make them; nothing is made yet.
   *
   * @param train rows of the training images: category, id, size and pixels
   * @param textures listed texture files, or nothing to take textures from the training images
   */
  static CorruptedImages of(
      FairConfig config, Dataset<Row> train, Optional<TextureListing> textures) {
    SampleSources sources = SampleSources.of(config, train, textures);
    LongAccumulator made =
        train.sparkSession().sparkContext().longAccumulator("corrupted training images");
    Corrupt work =
        new Corrupt(
            config.corruption().recipe(),
            config.corruption().cutpaste(),
            config.corruption().variants(),
            config.seed(),
            sources,
            made);
    return new CorruptedImages(sources, train.javaRDD().mapPartitions(work), made);
  }

  /** Has the executors keep them on disk: 12 bytes a pixel. */
  void keep() {
    images.persist(StorageLevel.DISK_ONLY());
  }

  /** All of them; each is made when it is read first, or at every reading if not kept. */
  JavaRDD<CorruptedImage> images() {
    return images;
  }

  /** How many were made so far, those of repeated tasks included. */
  long made() {
    return made.value();
  }

  @Override
  public void close() {
    images.unpersist(false);
    sources.destroy();
  }

  /** The work of a task. */
  private record Corrupt(
      CorruptionRecipe recipe,
      CutPasteStyle cutpaste,
      int variants,
      long seed,
      SampleSources sources,
      LongAccumulator made)
      implements FlatMapFunction<Iterator<Row>, CorruptedImage> {

    @Override
    public Iterator<CorruptedImage> call(Iterator<Row> images) {
      return new Corruptions(
          images, new CorruptionTask(new Corruptor(recipe, cutpaste), seed), this);
    }
  }

  /** Makes one after the other, as the writer asks for them. */
  private static final class Corruptions implements Iterator<CorruptedImage> {
    private final Iterator<Row> images;
    private final CorruptionTask task;
    private final Corrupt work;
    private String category = "";
    private TextureSource textures;
    private TextureSource normals;
    private String imageId;
    private PixelImage clean;
    private int variant;

    Corruptions(Iterator<Row> images, CorruptionTask task, Corrupt work) {
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
    public CorruptedImage next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (variant == work.variants()) {
        begin(images.next());
      }
      CorruptedImage image = task.corrupt(category, imageId, clean, variant++, textures, normals);
      work.made().add(1);
      return image;
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
