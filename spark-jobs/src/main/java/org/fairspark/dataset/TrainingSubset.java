package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images of a data set with at most so many training images a category, spread evenly over the
 * listing. Images are named as they were taken: the first ones would be those of one light.
 *
 * @param entries the images that are taken
 * @param left the ids of those that are not
 * @param notes what was left out, a sentence a category
 */
record TrainingSubset(List<ImageEntry> entries, Set<String> left, List<String> notes) {

  /**
   * Takes them.
   *
   * @param all sorted by category, split and id
   * @param most training images of a category; empty takes all
   */
  static TrainingSubset of(List<ImageEntry> all, OptionalInt most) {
    if (most.isEmpty()) {
      return new TrainingSubset(all, Set.of(), List.of());
    }
    SortedMap<String, List<ImageEntry>> training = new TreeMap<>();
    for (ImageEntry entry : all) {
      if (entry.split() == Split.TRAIN) {
        training.computeIfAbsent(entry.category(), c -> new ArrayList<>()).add(entry);
      }
    }
    Set<ImageEntry> left = new HashSet<>();
    List<String> notes = new ArrayList<>();
    training.forEach(
        (category, images) -> {
          int taken = most.getAsInt();
          if (images.size() > taken) {
            left.addAll(images);
            for (int i = 0; i < taken; i++) {
              // The middle of each of so many equal parts.
              left.remove(images.get((int) ((2L * i + 1) * images.size() / (2L * taken))));
            }
            notes.add(
                "%s: %d of %d training images are taken, spread over the listing"
                    .formatted(category, taken, images.size()));
          }
        });
    return new TrainingSubset(
        all.stream().filter(e -> !left.contains(e)).toList(),
        left.stream().map(ImageEntry::imageId).collect(Collectors.toSet()),
        notes);
  }
}
