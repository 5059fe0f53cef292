package org.fairspark.store.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.failure.FairException;
import org.fairspark.store.OutputRoot;
import org.fairspark.text.Json;

/**
 * The tables that {@code prepare} made, opened for a later job, only if they were made with its
 * settings.
 */
public final class PreparedTables {
  /** The detail of {@code images/} that holds the bits of 16-bit files by category. */
  public static final String BIT_DEPTHS = "bit_depths";

  /** The detail of {@code images/} that gives what was added to 16-bit samples by category. */
  public static final String SAMPLE_OFFSETS = "sample_offsets";

  /** The detail of {@code images/} that holds what a reader must know of them. */
  public static final String NOTES = "notes";

  /** The text of one of the {@link #NOTES}. */
  public static final String NOTE_TEXT = "text";

  /** The entry of the provenance of samples that says whether there are any. */
  public static final String SAMPLES = "samples";

  /** The entry's value where there are none. */
  public static final String NONE = "none: the method learns from the images alone";

  private PreparedTables() {}

  /** Opens the {@code images/} table. */
  public static Table images(OutputRoot root, FairConfig config) {
    Table images = Table.open(root, ImagesTable.SPEC);
    requireSame(images, config.effective("image"));
    return images;
  }

  /** Opens the {@code samples/} table that belongs to these images. */
  public static Table samples(OutputRoot root, FairConfig config, Table images) {
    Table samples = Table.open(root, SamplesTable.SPEC);
    if (config.samplesPerImage() > 0 && NONE.equals(samples.manifest().provenance().get(SAMPLES))) {
      throw FairException.refused(
          "samples/ is empty: it was prepared for a method that learns from the images alone",
          samples.path().toString(),
          "run prepare with method.kind=%s and another output.root"
              .formatted(config.detectionMethod().name()));
    }
    Map<String, String> settings =
        new TreeMap<>(config.effective("image", "filter", "corruption", "samples", "seed"));
    // A path has many spellings; the samples' own fingerprint covers the textures themselves.
    settings.remove("corruption.textures");
    requireSame(samples, settings);
    return samples;
  }

  private static void requireSame(Table table, Map<String, String> settings) {
    List<String> differences = new ArrayList<>();
    settings.forEach(
        (key, now) -> {
          String prepared = table.manifest().provenance().get(key);
          if (prepared != null && !prepared.equals(now)) {
            differences.add("%s: there %s, now %s".formatted(key, prepared, now));
          }
        });
    // What has no effect at its default is named only where it has one.
    table
        .manifest()
        .provenance()
        .forEach(
            (key, prepared) -> {
              if ((key.startsWith("image.") || key.startsWith("samples."))
                  && !settings.containsKey(key)) {
                differences.add("%s: there %s, now not set".formatted(key, prepared));
              }
            });
    if (!differences.isEmpty()) {
      throw FairException.refused(
          table.manifest().table()
              + "/ was prepared with other settings: "
              + String.join("; ", differences),
          table.path().toString(),
          "give the settings it was prepared with, or run prepare with another output.root");
    }
  }

  /**
   * Returns the bits by which a category's 16-bit files were read; empty where each file said it.
   */
  public static OptionalInt bitDepth(Table images, String category) {
    Object depths = images.manifest().details().get(BIT_DEPTHS);
    Object bits = depths instanceof Map<?, ?> map ? map.get(category) : null;
    return bits instanceof Number number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
  }

  /** Returns what was added to the samples of a category's 16-bit files. */
  public static int sampleOffset(Table images, String category) {
    Object offsets = images.manifest().details().get(SAMPLE_OFFSETS);
    Object offset = offsets instanceof Map<?, ?> map ? map.get(category) : null;
    return offset instanceof Number number ? number.intValue() : 0;
  }

  /** Returns what a reader must know of prepared images, a line each. */
  public static List<String> notes(TableManifest images) {
    return images.details().get(NOTES) instanceof List<?> notes
        ? notes.stream().map(note -> ((Map<?, ?>) note).get(NOTE_TEXT).toString()).toList()
        : List.of();
  }

  /**
   * Returns the categories that are asked for and cannot be trained, since none of their training
   * images could be used, each with this reason. The other categories do without them.
   */
  public static SortedMap<String, String> untrainable(Table images, FairConfig config) {
    SortedMap<String, String> reasons = new TreeMap<>();
    JsonNode prepared = Json.tree(images.manifest().details()).path("categories");
    prepared
        .fields()
        .forEachRemaining(
            category -> {
              if (category.getValue().path("train").asLong() == 0) {
                reasons.put(
                    category.getKey(),
                    "none of its training images could be used: %d of its files are in quarantine/"
                        .formatted(category.getValue().path("quarantined").asLong()));
              }
            });
    if (!config.data().categories().isEmpty()) {
      reasons.keySet().retainAll(config.data().categories());
    }
    return reasons;
  }

  /**
   * Returns the rows of a split by category, for the categories that are asked for.
   *
   * @throws FairException if a category that is asked for was not prepared
   */
  public static SortedMap<String, Long> rows(Table images, FairConfig config, Split split) {
    SortedMap<String, Long> all = new TreeMap<>();
    SortedMap<String, Long> rows = new TreeMap<>();
    for (TableManifest.PartitionCount count : images.manifest().counts()) {
      String category = count.values().get(ImagesTable.CATEGORY);
      all.merge(category, count.rows(), Long::sum);
      if (count.values().get(ImagesTable.SPLIT).equals(split.label())) {
        rows.merge(category, count.rows(), Long::sum);
      }
    }
    List<String> categories = config.data().categories();
    for (String category : categories) {
      if (!all.containsKey(category) && !untrainable(images, config).containsKey(category)) {
        throw FairException.refused(
            "category " + category + " was not prepared; there are " + all.keySet(),
            images.path().toString(),
            "correct data.categories, or prepare it");
      }
    }
    if (!categories.isEmpty()) {
      rows.keySet().retainAll(categories);
    }
    return rows;
  }
}
