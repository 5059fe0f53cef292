package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
    static Note of(DataNote kind, String category, Set<String> imageIds) {
      List<String> files = new TreeSet<>(imageIds).stream().limit(NAMED_FILES).toList();
      String text = "%s: %s".formatted(category, kind.of(imageIds.size()));
      if (!files.isEmpty()) {
        text += " (%s%s)".formatted(String.join(", ", files), imageIds.size() > FEW ? ", ..." : "");
      }
      return new Note(kind.name().toLowerCase(Locale.ROOT), category, imageIds.size(), files, text);
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

  private static SortedMap<DataNote, Set<String>> idsByNote(List<ImageFacts> images) {
    SortedMap<DataNote, Set<String>> ids = new TreeMap<>();
    for (ImageFacts image : images) {
      image.notes().forEach(note -> add(ids, note, image));
    }
    List<ImageFacts> training = images.stream().filter(ImageFacts::isTraining).toList();
    List<ImageFacts> test = images.stream().filter(image -> !image.isTraining()).toList();
    addShared(training, test, ids);
    addRepeated(training, ids);
    if (test.isEmpty()) {
      ids.put(DataNote.NO_TEST_IMAGES, Set.of());
    }
    return ids;
  }

  private static void add(Map<DataNote, Set<String>> ids, DataNote note, ImageFacts image) {
    ids.computeIfAbsent(note, n -> new TreeSet<>()).add(image.imageId());
  }

  /** Finds test images that are training images, by their bytes and by their pictures. */
  private static void addShared(
      List<ImageFacts> training, List<ImageFacts> test, Map<DataNote, Set<String>> ids) {
    Set<String> bytes = new HashSet<>();
    Map<Long, List<PerceptualHash>> bands = new HashMap<>();
    for (ImageFacts image : training) {
      bytes.add(image.sha256());
      if (image.hash().isDistinctive()) {
        for (int band = 0; band < PerceptualHash.BANDS; band++) {
          bands.computeIfAbsent(key(image.hash(), band), k -> new ArrayList<>()).add(image.hash());
        }
      }
    }
    for (ImageFacts image : test) {
      if (bytes.contains(image.sha256())) {
        add(ids, DataNote.TEST_IMAGE_IN_TRAINING, image);
      } else if (image.hash().isDistinctive() && isLikeOne(image.hash(), bands)) {
        add(ids, DataNote.TEST_IMAGE_LIKE_TRAINING, image);
      }
    }
  }

  /** Looks only at hashes that have an eighth of their bits in common: all of one picture do. */
  private static boolean isLikeOne(PerceptualHash hash, Map<Long, List<PerceptualHash>> bands) {
    for (int band = 0; band < PerceptualHash.BANDS; band++) {
      for (PerceptualHash other : bands.getOrDefault(key(hash, band), List.of())) {
        if (hash.distance(other) <= PerceptualHash.SAME_PICTURE) {
          return true;
        }
      }
    }
    return false;
  }

  private static long key(PerceptualHash hash, int band) {
    return ((long) band << 32) | (hash.band(band) & 0xFFFFFFFFL);
  }

  private static void addRepeated(List<ImageFacts> training, Map<DataNote, Set<String>> ids) {
    double much = Math.max(FEW, MUCH * training.size());
    Map<Object, List<ImageFacts>> pictures = new HashMap<>();
    for (ImageFacts image : training) {
      Object picture = image.hash().isDistinctive() ? image.hash() : image.sha256();
      pictures.computeIfAbsent(picture, p -> new ArrayList<>()).add(image);
      if (image.oneColour()) {
        add(ids, DataNote.TRAINING_OF_ONE_COLOUR, image);
      }
    }
    pictures.values().stream()
        .filter(same -> same.size() >= much)
        .flatMap(List::stream)
        .forEach(image -> add(ids, DataNote.TRAINING_REPEATS, image));
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
