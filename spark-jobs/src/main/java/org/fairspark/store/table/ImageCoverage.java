package org.fairspark.store.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.fairspark.cache.ProcessCache;
import org.fairspark.dataset.Split;
import org.fairspark.image.ImageTraits;
import org.fairspark.image.ImageTraits.Trait;
import org.fairspark.metrics.Uncovered;

/**
 * Tells where a category's normal test images are unlike its training images in light or focus:
 * what a model has not seen it calls anomalous.
 */
public final class ImageCoverage {
  /** Normal images of a data set beyond which it is not read once more for this. */
  static final long MAX_IMAGES = 200_000;

  private static final int NAMED = 3;

  /** Tables whose notes are remembered: a run's stages ask one after the other. */
  private static final int REMEMBERED = 64;

  private static final ProcessCache<Content, SortedMap<String, List<String>>> NOTES =
      ProcessCache.ofCount(REMEMBERED);

  private ImageCoverage() {}

  /** What a table held when it was read; another writing of it has another time. */
  private record Content(String path, String fingerprint, String created) {}

  /** One normal image. */
  private record Measured(String category, boolean isTest, String imageId, ImageTraits traits)
      implements Serializable {
    static Measured of(Row row) {
      return new Measured(
          row.getAs(ImagesTable.CATEGORY),
          Split.TEST.label().equals(row.getAs(ImagesTable.SPLIT)),
          row.getAs(ImagesTable.IMAGE_ID),
          ImageTraits.of(ImagesTable.pixels(row)));
    }
  }

  /**
   * Measures the normal images and compares; once in a process for each writing of a table.
   *
   * @param images the table {@code images/}
   * @return sentences by category, only of those where something differs; the caller's own
   */
  public static SortedMap<String, List<String>> notes(SparkSession spark, Table images) {
    SortedMap<String, List<String>> own = new TreeMap<>();
    if (images.manifest().rows() <= MAX_IMAGES) {
      Content content =
          new Content(
              images.path().toString(),
              images.manifest().fingerprint(),
              images.manifest().created());
      NOTES
          .get(content, c -> measure(spark, images))
          .forEach((category, notes) -> own.put(category, new ArrayList<>(notes)));
    }
    return own;
  }

  private static SortedMap<String, List<String>> measure(SparkSession spark, Table images) {
    SortedMap<String, List<String>> notes = new TreeMap<>();
    List<Measured> measured =
        images
            .dataset(spark)
            .where(functions.col(ImagesTable.LABEL).equalTo(0))
            .select(
                ImagesTable.CATEGORY,
                ImagesTable.SPLIT,
                ImagesTable.IMAGE_ID,
                ImagesTable.HEIGHT,
                ImagesTable.WIDTH,
                ImagesTable.PIXELS)
            .toJavaRDD()
            .map(Measured::of)
            .collect();
    SortedMap<String, List<Measured>> byCategory = new TreeMap<>();
    for (Measured image : measured) {
      byCategory.computeIfAbsent(image.category(), c -> new ArrayList<>()).add(image);
    }
    byCategory.forEach(
        (category, own) -> {
          List<String> found = new ArrayList<>();
          for (Trait trait : Trait.values()) {
            note(own, trait, found);
          }
          if (!found.isEmpty()) {
            notes.put(category, found);
          }
        });
    return notes;
  }

  private static void note(List<Measured> images, Trait trait, List<String> notes) {
    Map<String, Double> fresh = new HashMap<>();
    images.stream()
        .filter(Measured::isTest)
        .forEach(image -> fresh.put(image.imageId(), image.traits().value(trait)));
    double[] known =
        images.stream()
            .filter(image -> !image.isTest())
            .mapToDouble(image -> image.traits().value(trait))
            .toArray();
    Uncovered.find(trait.word(), Uncovered.Range.of(known), fresh)
        .ifPresent(
            u ->
                notes.add(
                    sentence(u, u.below() ? trait.below() : trait.above(), "training images")
                        + "; add training images like them, or expect false alarms"));
  }

  /**
   * Returns what was found, in words.
   *
   * @param how the images are, compared with the known ones, such as {@code darker}
   * @param known what the known ones are
   */
  public static String sentence(Uncovered found, String how, String known) {
    return String.format(
        Locale.ROOT,
        "%d of %d normal test images are %s than all %d %s (%s %.3g to %.3g, not %.3g to %.3g):"
            + " %s%s",
        found.outside().size(),
        found.images(),
        how,
        found.known().images(),
        known,
        found.trait(),
        found.low(),
        found.high(),
        found.known().low(),
        found.known().high(),
        String.join(", ", found.outside().subList(0, Math.min(NAMED, found.outside().size()))),
        found.outside().size() > NAMED ? ", ..." : "");
  }
}
