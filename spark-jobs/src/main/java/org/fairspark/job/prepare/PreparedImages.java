package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.dataset.ImageListing;
import org.fairspark.dataset.Split;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.QuarantineTable.BadFile;
import org.fairspark.store.table.TableManifest;

/**
 * Counts of {@code images/} that its manifest keeps, so that later jobs and later runs need not
 * read the table.
 *
 * @param categories counts by category
 * @param listed images met, bad ones included
 * @param bad images that could not be used
 * @param reasons bad images by reason
 * @param maskReasons bad masks of images that could be used, by reason
 * @param bitDepths bits of 16-bit samples by category; nothing where files say it themselves
 * @param sampleOffsets what was added to them by category, where that is something
 * @param notes what a reader must know of the images
 */
public record PreparedImages(
    SortedMap<String, Category> categories,
    long listed,
    long bad,
    SortedMap<String, Long> reasons,
    SortedMap<String, Long> maskReasons,
    SortedMap<String, Integer> bitDepths,
    SortedMap<String, Integer> sampleOffsets,
    List<Map<String, Object>> notes) {

  /**
   * One category's usable images.
   *
   * @param train training images
   * @param calibration images that set the thresholds
   * @param testGood normal test images
   * @param defects anomalous test images by kind of defect
   * @param lackingMask anomalous test images without a mask that can be used
   * @param bad images that could not be used
   */
  public record Category(
      long train,
      long calibration,
      long testGood,
      SortedMap<String, Long> defects,
      long lackingMask,
      long bad) {

    public long testAnomalous() {
      return defects.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Counts a stage's result.
   *
   * @param badFiles images and masks that could not be used
   * @param depths of 16-bit samples
   */
  static PreparedImages of(
      ImageListing listing, List<BadFile> badFiles, BitDepths depths, DataNotes notes) {
    Map<String, BadFile> bad = new HashMap<>();
    badFiles.forEach(file -> bad.put(file.imageId(), file));
    SortedMap<String, List<ImageEntry>> byCategory = new TreeMap<>();
    for (ImageEntry entry : listing.entries()) {
      byCategory.computeIfAbsent(entry.category(), c -> new ArrayList<>()).add(entry);
    }
    SortedMap<String, Category> categories = new TreeMap<>();
    byCategory.forEach((name, all) -> categories.put(name, category(all, bad)));
    SortedMap<String, Long> reasons = new TreeMap<>();
    SortedMap<String, Long> maskReasons = new TreeMap<>();
    for (ImageEntry entry : listing.entries()) {
      BadFile file = bad.get(entry.imageId());
      if (file != null) {
        (isImage(file, entry) ? reasons : maskReasons).merge(file.reason().name(), 1L, Long::sum);
      }
    }
    return new PreparedImages(
        categories,
        listing.entries().size(),
        categories.values().stream().mapToLong(Category::bad).sum(),
        reasons,
        maskReasons,
        depths.bits(),
        depths.offsets(),
        notes.toDetails());
  }

  private static Category category(List<ImageEntry> all, Map<String, BadFile> bad) {
    List<ImageEntry> usable = all.stream().filter(e -> !isImage(bad.get(e.imageId()), e)).toList();
    long train = usable.stream().filter(e -> e.split() == Split.TRAIN).count();
    SortedMap<String, Long> defects = new TreeMap<>();
    usable.stream()
        .filter(e -> e.label() == 1)
        .forEach(e -> defects.merge(e.defect(), 1L, Long::sum));
    long anomalous = defects.values().stream().mapToLong(Long::longValue).sum();
    long lacking =
        usable.stream().filter(e -> e.lacksMask() || bad.containsKey(e.imageId())).count();
    long calibration = usable.stream().filter(e -> e.split() == Split.CALIBRATION).count();
    long test = usable.size() - train - calibration;
    return new Category(
        train, calibration, test - anomalous, defects, lacking, all.size() - usable.size());
  }

  /** Returns whether a bad file is the image itself, and not its mask. */
  private static boolean isImage(BadFile file, ImageEntry entry) {
    return file != null && file.path().equals(entry.path());
  }

  /** Returns the notes, a line each. */
  public List<String> noteLines() {
    return notes.stream().map(note -> note.get(PreparedTables.NOTE_TEXT).toString()).toList();
  }

  /** Returns plain values, as the manifest keeps them. */
  Map<String, Object> toDetails() {
    Map<String, Object> categoryDetails = new LinkedHashMap<>();
    categories.forEach(
        (name, c) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("train", c.train());
          if (c.calibration() > 0) {
            one.put("calibration", c.calibration());
          }
          one.put("test_good", c.testGood());
          one.put("defects", c.defects());
          one.put("without_mask", c.lackingMask());
          one.put("quarantined", c.bad());
          categoryDetails.put(name, one);
        });
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("categories", categoryDetails);
    details.put("listed", listed);
    details.put("quarantined", bad);
    details.put("reasons", reasons);
    details.put("mask_reasons", maskReasons);
    details.put(PreparedTables.BIT_DEPTHS, bitDepths);
    details.put(PreparedTables.SAMPLE_OFFSETS, sampleOffsets);
    details.put(PreparedTables.NOTES, notes);
    return details;
  }

  /**
   * Reads it back from the manifest of {@code images/}.
   *
   * @throws IllegalArgumentException if the manifest does not have it
   */
  public static PreparedImages of(TableManifest images) {
    try {
      Map<String, Object> details = images.details();
      SortedMap<String, Category> categories = new TreeMap<>();
      map(details.get("categories"))
          .forEach(
              (name, value) -> {
                Map<String, Object> c = map(value);
                categories.put(
                    name,
                    new Category(
                        number(c.get("train")),
                        number(c.getOrDefault("calibration", 0)),
                        number(c.get("test_good")),
                        counts(c.get("defects")),
                        number(c.get("without_mask")),
                        number(c.get("quarantined"))));
              });
      return new PreparedImages(
          categories,
          number(details.get("listed")),
          number(details.get("quarantined")),
          counts(details.get("reasons")),
          counts(details.getOrDefault("mask_reasons", Map.of())),
          numbers(details.getOrDefault(PreparedTables.BIT_DEPTHS, Map.of())),
          numbers(details.getOrDefault(PreparedTables.SAMPLE_OFFSETS, Map.of())),
          notes(details.getOrDefault(PreparedTables.NOTES, List.of())));
    } catch (NullPointerException | ClassCastException e) {
      throw new IllegalArgumentException(
          "the manifest of images/ lacks the counts that prepare writes", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) java.util.Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> notes(Object value) {
    return (List<Map<String, Object>>) value;
  }

  private static SortedMap<String, Integer> numbers(Object value) {
    SortedMap<String, Integer> numbers = new TreeMap<>();
    map(value).forEach((category, of) -> numbers.put(category, (int) number(of)));
    return numbers;
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static SortedMap<String, Long> counts(Object value) {
    SortedMap<String, Long> counts = new TreeMap<>();
    map(value).forEach((key, count) -> counts.put(key, number(count)));
    return counts;
  }
}
