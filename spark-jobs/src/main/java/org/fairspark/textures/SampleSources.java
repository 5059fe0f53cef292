package org.fairspark.textures;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.TextureSource;
import org.fairspark.dataset.TextureListing;
import org.fairspark.image.ImageSize;

/**
 * The textures and other normal images that samples are corrupted with, as far as a recipe asks for
 * them.
 */
public final class SampleSources implements Serializable {
  private final ImageSize size;
  private final Broadcast<TextureListing> files;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final TexturePool pool;

  private SampleSources(
      ImageSize size,
      Broadcast<TextureListing> files,
      Broadcast<SerializableConfiguration> hadoop,
      TexturePool pool) {
    this.size = size;
    this.files = files;
    this.hadoop = hadoop;
    this.pool = pool;
  }

  /**
   * Gathers the images that the recipe asks for.
   *
   * @param train rows of the training images
   * @param textures listed texture files, or nothing to take textures from the training images
   */
  public static SampleSources of(
      FairConfig config, Dataset<Row> train, Optional<TextureListing> textures) {
    JavaSparkContext spark = new JavaSparkContext(train.sparkSession().sparkContext());
    ImageSize size = config.image().size();
    CorruptionRecipe recipe = config.corruption().recipe();
    boolean needsImages = recipe.takesNormals() || (recipe.takesTextures() && textures.isEmpty());
    TexturePool pool =
        needsImages
            ? TexturePool.of(train, config.seed(), config.image().frame())
            : TexturePool.empty();
    if (textures.isEmpty()) {
      return new SampleSources(size, null, null, pool);
    }
    return new SampleSources(
        size,
        spark.broadcast(textures.get()),
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())),
        pool);
  }

  /** Returns the textures for samples of a category. */
  public TextureSource textures(String category) {
    return files == null
        ? pool.source(category)
        : new TextureFiles(files.value(), hadoop.value().value(), size);
  }

  /** Returns normal images of a category. */
  public TextureSource normals(String category) {
    return pool.source(category);
  }

  /** Frees the broadcasts that the executors hold. */
  public void destroy() {
    pool.destroy();
    if (files != null) {
      files.destroy();
      hadoop.destroy();
    }
  }
}
