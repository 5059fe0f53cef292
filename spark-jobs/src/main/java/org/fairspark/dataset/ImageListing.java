package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairspark.config.DataLayout;
import org.fairspark.failure.FairException;
import org.fairspark.files.PathNames;

/**
 * All images of a data set, in the order of category, split and id.
 *
 * @param root the data root as an absolute URI
 * @param layout by which they were found; of {@code auto} the one that it chose
 * @param entries the images
 * @param files account of all files below the root
 * @param notes what the user should know, one sentence each
 * @param whole the images before {@code data.max-training-images} left some of them out
 * @param seen all files as they were taken, where a category has no training images; else nothing
 */
public record ImageListing(
    String root,
    DataLayout layout,
    List<ImageEntry> entries,
    FileAccount files,
    List<String> notes,
    Whole whole,
    List<String> seen) {

  /**
   * All images of which a listing takes some or all.
   *
   * @param all the images
   * @param most the most training images of a category; empty if no category has more
   */
  public record Whole(List<ImageEntry> all, OptionalInt most) {
    static Whole of(List<ImageEntry> all, TrainingSubset taken, OptionalInt most) {
      return new Whole(all, taken.left().isEmpty() ? OptionalInt.empty() : most);
    }

    /** Returns the number of images. */
    public int images() {
      return all.size();
    }

    /** Returns the bytes of all image files. */
    public long bytes() {
      return ImageListing.bytes(all);
    }

    /** Returns the fingerprint of all, as {@link ImageListing#fingerprint}. */
    public String fingerprint() {
      return ImageListing.fingerprint(all);
    }
  }

  /**
   * The numbers of images of a category.
   *
   * @param train training images, all normal
   * @param calibration images that set the thresholds, all normal
   * @param testGood normal test images
   * @param testAnomalous anomalous test images
   * @param lackingMask anomalous test images without a mask
   */
  public record Counts(
      int train, int calibration, int testGood, int testAnomalous, int lackingMask) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    private Counts plus(ImageEntry entry) {
      boolean test = entry.split() == Split.TEST;
      return new Counts(
          train + (entry.split() == Split.TRAIN ? 1 : 0),
          calibration + (entry.split() == Split.CALIBRATION ? 1 : 0),
          testGood + (test && entry.label() == 0 ? 1 : 0),
          testAnomalous + entry.label(),
          lackingMask + (entry.lacksMask() ? 1 : 0));
    }

    public int test() {
      return testGood + testAnomalous;
    }

    public int total() {
      return train + calibration + test();
    }
  }

  /** Returns the counts by category. */
  public SortedMap<String, Counts> counts() {
    SortedMap<String, Counts> counts = new TreeMap<>();
    for (ImageEntry entry : entries) {
      counts.put(entry.category(), counts.getOrDefault(entry.category(), Counts.NONE).plus(entry));
    }
    return counts;
  }

  /** Returns the numbers of anomalous images by category and kind of defect, a line a category. */
  public List<String> kinds() {
    SortedMap<String, SortedMap<String, Integer>> kinds = new TreeMap<>();
    for (ImageEntry entry : entries) {
      if (entry.label() == 1) {
        kinds
            .computeIfAbsent(entry.category(), category -> new TreeMap<>())
            .merge(entry.defect(), 1, Integer::sum);
      }
    }
    List<String> lines = new ArrayList<>();
    kinds.forEach(
        (category, numbers) ->
            lines.add(
                "%s: kinds of defect: %s"
                    .formatted(
                        category,
                        numbers.entrySet().stream()
                            .map(kind -> kind.getKey() + " " + kind.getValue())
                            .collect(Collectors.joining(", ")))));
    return lines;
  }

  /** Returns what a user should see before work starts: kinds of defect, all files, notes. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(kinds());
    lines.addAll(files.lines());
    lines.addAll(notes);
    return lines;
  }

  /** Returns the bytes of all image files. */
  public long bytes() {
    return bytes(entries);
  }

  private static long bytes(List<ImageEntry> entries) {
    return entries.stream().mapToLong(ImageEntry::length).sum();
  }

  /**
   * Returns the SHA-256 over every image's id, place in the data set, length and modification time,
   * and over those of its mask. It changes whenever a file comes, goes, moves or is written again.
   */
  public String fingerprint() {
    return fingerprint(entries);
  }

  private static String fingerprint(List<ImageEntry> entries) {
    ListingHash hash = new ListingHash();
    for (ImageEntry e : entries) {
      hash.add(
          e.imageId(),
          e.category(),
          e.split().label(),
          e.defect(),
          e.length(),
          e.modificationTime());
      for (ImageEntry.MaskFile mask : e.masks()) {
        hash.add(mask.name(), mask.length(), mask.modificationTime());
      }
      if (!e.annotations().equals(ImageEntry.Annotations.NONE)) {
        hash.add(e.annotations());
      }
    }
    return hash.hex();
  }

  /**
   * Makes sure that every category can be trained.
   *
   * @throws FairException naming the categories without training images
   */
  public void requireTraining() {
    List<String> empty =
        counts().entrySet().stream()
            .filter(c -> c.getValue().train() == 0)
            .map(c -> c.getKey())
            .toList();
    if (!empty.isEmpty()) {
      throw FairException.refused(
          "no training images in "
              + String.join(", ", empty)
              + String.join("", seen.stream().map(line -> "\n" + line).toList()),
          root,
          "%s, or leave the category out by data.categories;".formatted(training(empty.get(0)))
              + " if these are the kinds of defect of one category, call the folder of its good"
              + " images good"
              + (layout == DataLayout.MANIFEST ? "" : DatasetReader.TABLE));
    }
  }

  /**
   * Returns the folder of a category that an image lies in, with a slash at its end; nothing where
   * training and test lie above the categories.
   */
  private static String folder(String category, String imageId) {
    int at = ("/" + imageId).indexOf("/" + category + "/");
    boolean inPart =
        at > 0
            && Stream.of(imageId.substring(0, at).split("/")).anyMatch(PathNames::dividesCategory);
    return at < 0 || inPart ? "" : imageId.substring(0, at + category.length() + 1);
  }

  /** Returns where a category's training images belong, in words. */
  private String training(String category) {
    String folder =
        entries.stream()
            .filter(e -> e.category().equals(category))
            .findFirst()
            .map(e -> folder(category, e.imageId()))
            .filter(found -> !found.isEmpty())
            .orElse(counts().size() > 1 ? category + "/" : "");
    return switch (layout) {
      case MVTEC, FOLDER, MVTEC_LOCO, MVTEC_AD2, MPDD, AUTOVI, THREE_CAD ->
          "put defect-free images into " + folder + "train/good";
      case BTAD -> "put defect-free images into " + folder + "train/ok";
      case DAGM -> "put defect-free images into " + folder + "Train";
      case MANIFEST -> "give rows of good images the split train";
      case VISA, KOLEKTOR_SDD, KOLEKTOR_SDD2, REAL_IAD, MAGNETIC_TILE, AUTO ->
          "add defect-free images for training as the data set has them";
    };
  }
}
