package org.fairspark.textures;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fairspark.corruption.TextureSource;
import org.fairspark.detect.Frame;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.fairspark.store.table.ImagesTable;
import scala.Tuple2;

/**
 * Textures from the training images themselves: of each category some images, chosen by the run
 * seed and their ids, are sent to the executors that ask for them. A category of more images than
 * fit shows its samples a fixed part of them, {@value #MOST} images or {@value #BYTES} bytes.
 */
public final class TexturePool implements Serializable {
  static final int MAX_TEXTURES = 64;
  static final long BYTES = 8L << 20;

  private final ImageSize size;
  private final Map<String, Broadcast<byte[][]>> pixels;

  private TexturePool(ImageSize size, Map<String, Broadcast<byte[][]>> pixels) {
    this.size = size;
    this.pixels = pixels;
  }

  /** Returns how many images of a category are taken. */
  static int images(ImageSize size) {
    return (int) Math.max(4, Math.min(MAX_TEXTURES, BYTES / (3L * size.pixels())));
  }

  /** Returns the chosen images of a category, in the order that random draws number them by. */
  public static List<String> choose(List<String> imageIds, long runSeed, int count) {
    return imageIds.stream()
        .sorted(
            Comparator.<String>comparingLong(
                    id -> SeededRandom.seed(runSeed, "texture pool " + id, 0))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .toList();
  }

  /**
   * Fills the pool.
   *
   * @param train rows of training images
   */
  static TexturePool of(Dataset<Row> train, long runSeed, Frame frame) {
    JavaSparkContext spark = new JavaSparkContext(train.sparkSession().sparkContext());
    Map<String, List<String>> ids = new TreeMap<>();
    for (Row row : train.select(ImagesTable.CATEGORY, ImagesTable.IMAGE_ID).collectAsList()) {
      ids.computeIfAbsent(row.getString(0), c -> new ArrayList<>()).add(row.getString(1));
    }
    Map<String, Broadcast<byte[][]>> pixels = new TreeMap<>();
    ids.forEach(
        (category, all) -> {
          List<String> chosen = choose(all, runSeed, images(frame.size()));
          // One category at a time: the driver never holds all of them.
          Map<String, byte[]> byId =
              train
                  .where(col(ImagesTable.CATEGORY).equalTo(category))
                  .where(col(ImagesTable.IMAGE_ID).isInCollection(chosen))
                  .select(
                      ImagesTable.IMAGE_ID,
                      ImagesTable.HEIGHT,
                      ImagesTable.WIDTH,
                      ImagesTable.PIXELS)
                  .toJavaRDD()
                  .mapToPair(row -> view(row, runSeed, frame))
                  .collectAsMap();
          pixels.put(
              category, spark.broadcast(chosen.stream().map(byId::get).toArray(byte[][]::new)));
        });
    return new TexturePool(frame.size(), pixels);
  }

  /** Returns an image as networks see it, by its id. */
  private static Tuple2<String, byte[]> view(Row row, long runSeed, Frame frame) {
    String id = row.getAs(ImagesTable.IMAGE_ID);
    long seed = SeededRandom.seed(runSeed, "texture pool tile " + id, 0);
    return new Tuple2<>(id, frame.view(ImagesTable.pixels(row), seed).pixels());
  }

  /** Returns a pool for recipes that ask for no texture. */
  static TexturePool empty() {
    return new TexturePool(ImageSize.square(1), Map.of());
  }

  /** Returns the textures for samples of a category; black where the pool is empty. */
  TextureSource source(String category) {
    if (pixels.isEmpty()) {
      return TextureSource.internal(List.of(new PixelImage(3, 1, 1, new byte[3])));
    }
    List<PixelImage> images = new ArrayList<>();
    for (byte[] image : pixels.get(category).value()) {
      images.add(new PixelImage(3, size.height(), size.width(), image));
    }
    return TextureSource.internal(images);
  }

  void destroy() {
    pixels.values().forEach(Broadcast::destroy);
  }
}
