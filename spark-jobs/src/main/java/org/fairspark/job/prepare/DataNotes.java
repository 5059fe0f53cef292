package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairspark.image.PerceptualHash;
import org.fairspark.store.table.PreparedTables;

/**
 * The notes on a data set, by category.
 *
 * @param notes in the order of categories, then of {@link DataNote}
 */
record DataNotes(List<Note> notes) {
  private static final int NAMED_FILES = 3;

  /** The share of a category's training images from which on one picture is much. */
  private static final double MUCH = 0.1;

  private static final int FEW = 3;

  /**
   * A note on some images of a category.
   *
   * @param kind the note's name in lower case
   * @param files the first of them, by their ids
   * @param text what a reader must know
   */
  record Note(String kind, String category, long count, List<String> files, String text) {
    /**
     * Makes a note.
     *
     * @param images their ids, each with that of the training image that it is like, or nothing
     */
    static Note of(DataNote kind, String category, SortedMap<String, String> images) {
      List<String> files = images.keySet().stream().limit(NAMED_FILES).toList();
      String text = "%s: %s".formatted(category, kind.of(images.size()));
      if (!files.isEmpty()) {
        text +=
            " (%s%s)"
                .formatted(
                    files.stream()
                        .map(id -> images.get(id).isEmpty() ? id : id + " and " + images.get(id))
                        .collect(Collectors.joining(", ")),
                    images.size() > NAMED_FILES ? ", ..." : "");
      }
      return new Note(kind.name().toLowerCase(Locale.ROOT), category, images.size(), files, text);
    }

    Map<String, Object> toDetails() {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("kind", kind);
      details.put("category", category);
      details.put("count", count);
      details.put("files", files);
      details.put(PreparedTables.NOTE_TEXT, text);
      return details;
    }
  }

  DataNotes {
    notes = List.copyOf(notes);
  }

  /**
   * Makes the notes.
   *
   * @param categories all of them, also those without images
   * @param images in any order; those that could not be used are passed over
   */
  static DataNotes of(Collection<String> categories, Collection<ImageFacts> images) {
    SortedMap<String, List<ImageFacts>> byCategory = new TreeMap<>();
    categories.forEach(category -> byCategory.put(category, new ArrayList<>()));
    images.stream()
        .filter(ImageFacts::isUsable)
        .forEach(
            image ->
                byCategory.computeIfAbsent(image.category(), c -> new ArrayList<>()).add(image));
    List<Note> notes = new ArrayList<>();
    byCategory.forEach(
        (category, all) ->
            idsByNote(all).forEach((kind, ids) -> notes.add(Note.of(kind, category, ids))));
    return new DataNotes(notes);
  }

  private static SortedMap<DataNote, SortedMap<String, String>> idsByNote(List<ImageFacts> images) {
    SortedMap<DataNote, SortedMap<String, String>> ids = new TreeMap<>();
    for (ImageFacts image : images) {
      image.notes().forEach(note -> add(ids, note, image, ""));
    }
    List<ImageFacts> training = images.stream().filter(ImageFacts::isTraining).toList();
    List<ImageFacts> test = images.stream().filter(image -> !image.isTraining()).toList();
    addRepeated(training, ids);
    addShared(training, test, ids);
    if (test.isEmpty()) {
      ids.put(DataNote.NO_TEST_IMAGES, new TreeMap<>());
    }
    return ids;
  }

  private static void add(
      Map<DataNote, SortedMap<String, String>> ids, DataNote note, ImageFacts image, String like) {
    ids.computeIfAbsent(note, n -> new TreeMap<>()).put(image.imageId(), like);
  }

  /**
   * Finds test images that are training images by their bytes, and normal ones that are by their
   * pictures: a defective one may well differ from a good one in the defect alone. What is like a
   * picture that much of the training repeats is told with that.
   */
  private static void addShared(
      List<ImageFacts> training,
      List<ImageFacts> test,
      Map<DataNote, SortedMap<String, String>> ids) {
    Set<String> repeated =
        ids.getOrDefault(DataNote.TRAINING_REPEATS, Collections.emptySortedMap()).keySet();
    Map<String, String> bytes = new HashMap<>();
    Map<PerceptualHash, String> pictures = new HashMap<>();
    for (ImageFacts image : training) {
      bytes.merge(image.sha256(), image.imageId(), DataNotes::first);
      if (image.hash().isDistinctive()) {
        pictures.merge(image.hash(), image.imageId(), DataNotes::first);
      }
    }
    Map<Long, List<Picture>> bands = new HashMap<>();
    pictures.forEach(
        (hash, imageId) -> {
          for (int band = 0; band < PerceptualHash.BANDS; band++) {
            bands
                .computeIfAbsent(key(hash, band), k -> new ArrayList<>())
                .add(new Picture(hash, imageId));
          }
        });
    for (ImageFacts image : test) {
      String same = bytes.get(image.sha256());
      if (same != null) {
        add(ids, DataNote.TEST_IMAGE_IN_TRAINING, image, same);
      } else if (!image.anomalous() && image.hash().isDistinctive()) {
        nearest(image.hash(), bands)
            .filter(like -> !repeated.contains(like))
            .ifPresent(like -> add(ids, DataNote.TEST_IMAGE_LIKE_TRAINING, image, like));
      }
    }
  }

  /** A picture of training images, and the first of those that show it. */
  private record Picture(PerceptualHash hash, String imageId) {}

  private static String first(String id, String other) {
    return id.compareTo(other) <= 0 ? id : other;
  }

  /**
   * Returns the training image of the same picture. Looks only at hashes that have an eighth of
   * their bits in common: all of one picture do.
   */
  private static Optional<String> nearest(PerceptualHash hash, Map<Long, List<Picture>> bands) {
    return IntStream.range(0, PerceptualHash.BANDS)
        .mapToObj(band -> bands.getOrDefault(key(hash, band), List.of()))
        .flatMap(List::stream)
        .filter(other -> hash.distance(other.hash()) <= PerceptualHash.SAME_PICTURE)
        .min(
            Comparator.comparingInt((Picture other) -> hash.distance(other.hash()))
                .thenComparing(Picture::imageId))
        .map(Picture::imageId);
  }

  private static long key(PerceptualHash hash, int band) {
    return ((long) band << 32) | (hash.band(band) & 0xFFFFFFFFL);
  }

  private static void addRepeated(
      List<ImageFacts> training, Map<DataNote, SortedMap<String, String>> ids) {
    double much = Math.max(FEW, MUCH * training.size());
    Map<Object, List<ImageFacts>> pictures = new HashMap<>();
    for (ImageFacts image : training) {
      Object picture = image.hash().isDistinctive() ? image.hash() : image.sha256();
      pictures.computeIfAbsent(picture, p -> new ArrayList<>()).add(image);
      if (image.oneColour()) {
        add(ids, DataNote.TRAINING_OF_ONE_COLOUR, image, "");
      }
    }
    pictures.values().stream()
        .filter(same -> same.size() >= much)
        .flatMap(List::stream)
        .forEach(image -> add(ids, DataNote.TRAINING_REPEATS, image, ""));
  }

  /** Returns a line for each note. */
  List<String> lines() {
    return notes.stream().map(Note::text).toList();
  }

  /** Returns plain values, as the manifest keeps them. */
  List<Map<String, Object>> toDetails() {
    return notes.stream().map(Note::toDetails).toList();
  }
}
