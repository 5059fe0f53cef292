package org.fairspark.job.prepare;

import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CleanImages;
import org.fairspark.corruption.CorruptedSample;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.corruption.TextureSource;
import org.fairspark.dataset.TextureListing;
import org.fairspark.detect.Frame;
import org.fairspark.files.AbstractIterator;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.fairspark.spark.LogContext;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.textures.SampleSources;

/**
 * The corrupted training images of a run, made as they are asked for. Where several filters need
 * them ({@link #keep}), the executors keep those that the first one made on their disks; images
 * that are lost with an executor are made again, equal to the last bit.
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
   * Describes how to make them; nothing is made yet.
   *
   * @param train rows of the training images: category, id, size and pixels
   * @param textures listed texture files, or nothing to take textures from the training images
   */
  static CorruptedImages of(
      FairConfig config, Dataset<Row> train, Optional<TextureListing> textures) {
    SampleSources sources = SampleSources.of(config, train, textures);
    LongAccumulator made =
        train.sparkSession().sparkContext().longAccumulator("corrupted training images");
    Corrupt task =
        new Corrupt(
            config.corruption().recipe(),
            config.corruption().cutpaste(),
            config.corruption().clean(),
            config.corruption().variants(),
            config.seed(),
            config.image().frame(),
            sources,
            made);
    return new CorruptedImages(sources, train.javaRDD().mapPartitions(task), made);
  }

  /** Has the executors keep them on disk: 12 bytes per pixel. */
  void keep() {
    images.persist(StorageLevel.DISK_ONLY());
  }

  /** Returns all of them; each is made when it is read first, or at every reading if not kept. */
  JavaRDD<CorruptedImage> images() {
    return images;
  }

  /** Returns how many were made so far, those of repeated tasks included. */
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
      CleanImages cleanImages,
      int variants,
      long seed,
      Frame frame,
      SampleSources sources,
      LongAccumulator made)
      implements FlatMapFunction<Iterator<Row>, CorruptedImage> {

    @Override
    public Iterator<CorruptedImage> call(Iterator<Row> images) {
      return new Corruptions(images, this);
    }
  }

  /**
   * An iterator that makes the variants of one image after the other, as the writer asks for them.
   */
  private static final class Corruptions extends AbstractIterator<CorruptedImage> {
    private final Iterator<Row> images;
    private final Corrupt task;
    private final Corruptor corruptor;
    private String category = "";
    private TextureSource textures;
    private TextureSource normals;
    private String imageId;
    private PixelImage clean;
    private int variant;

    Corruptions(Iterator<Row> images, Corrupt task) {
      this.images = images;
      this.task = task;
      this.corruptor = new Corruptor(task.recipe(), task.cutpaste());
      this.variant = task.variants();
    }

    @Override
    protected CorruptedImage computeNext() {
      if (variant == task.variants()) {
        if (!images.hasNext()) {
          return null;
        }
        begin(images.next());
      }
      long seed = SeededRandom.seed(task.seed(), imageId, variant);
      PixelImage lit = task.cleanImages().of(task.frame().view(clean, seed), seed);
      CorruptedSample corruption = corruptor.corrupt(lit, textures, normals, seed);
      task.made().add(1);
      return new CorruptedImage(category, imageId, variant++, seed, corruption);
    }

    private void begin(Row image) {
      String imageCategory = image.getAs(ImagesTable.CATEGORY);
      if (!imageCategory.equals(category)) {
        category = imageCategory;
        textures = task.sources().textures(category);
        normals = task.sources().normals(category);
      }
      imageId = image.getAs(ImagesTable.IMAGE_ID);
      LogContext.image(category, imageId);
      clean = ImagesTable.pixels(image);
      variant = 0;
    }
  }
}
