package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.fairspark.dataset.manifest.ManifestColumn;
import org.fairspark.dataset.manifest.ManifestProblems;

/**
 * The division of one category's images into training, calibration and test, where the table does
 * not say. A group is never divided. Anomalous images are test images; normal ones without a split
 * are test images if others are there to train on, training images if other normal ones are there
 * to test, and divided by {@link HashSplit} if neither.
 */
final class ManifestSplits {
  private final List<ManifestImage> images;
  private final ManifestProblems problems;
  private final Map<String, Split> byUnit = new HashMap<>();
  private int drawn;
  private int free;

  ManifestSplits(List<ManifestImage> images, ManifestProblems problems) {
    this.images = images;
    this.problems = problems;
  }

  /** Returns the entries, in the order of the images; what cannot be is among the problems. */
  List<ImageEntry> entries() {
    Map<String, List<ManifestImage>> units = new LinkedHashMap<>();
    images.forEach(i -> units.computeIfAbsent(i.unit(), u -> new ArrayList<>()).add(i));
    List<String> undecided = new ArrayList<>();
    units.forEach(
        (unit, members) -> {
          Split split = decided(members);
          if (split == null) {
            undecided.add(unit);
          } else {
            byUnit.put(unit, split);
          }
        });
    draw(units, undecided);
    List<ImageEntry> entries = new ArrayList<>();
    for (ManifestImage image : images) {
      Split split = byUnit.get(image.unit());
      if (split != Split.TEST && !image.isGood()) {
        problems.add(
            image.row(),
            ManifestColumn.SPLIT,
            image.annotations().group().isEmpty()
                ? "an image with the defect '%s' cannot be a %s image"
                    .formatted(image.defect(), split.label())
                : "an image with the defect '%s' cannot be a %s image, as others of its group are"
                    .formatted(image.defect(), split.label()));
        continue;
      }
      entries.add(image.entry(split));
    }
    return entries;
  }

  /** Returns how many normal images were divided by their names, and how many are for training. */
  int[] divided() {
    return new int[] {free, drawn};
  }

  /** Returns the split of a unit that its rows decide; null if they do not. */
  private Split decided(List<ManifestImage> members) {
    ManifestImage first = null;
    for (ManifestImage image : members) {
      if (image.said().isEmpty()) {
        continue;
      }
      if (first == null) {
        first = image;
      } else if (!first.said().equals(image.said())) {
        problems.add(
            image.row(),
            ManifestColumn.GROUP,
            "the group '%s' is %s here and %s in %s; a group is not divided"
                .formatted(
                    image.annotations().group(),
                    image.said().get().label(),
                    first.said().get().label(),
                    first.row().place()));
      }
    }
    if (first != null) {
      return first.said().get();
    }
    return members.stream().allMatch(ManifestImage::isGood) ? null : Split.TEST;
  }

  private void draw(Map<String, List<ManifestImage>> units, List<String> undecided) {
    if (undecided.isEmpty()) {
      return;
    }
    boolean trains = byUnit.containsValue(Split.TRAIN);
    boolean tests = images.stream().anyMatch(i -> i.isGood() && byUnit.get(i.unit()) == Split.TEST);
    Set<String> training =
        trains ? Set.of() : tests ? Set.copyOf(undecided) : HashSplit.training(undecided);
    undecided.forEach(unit -> byUnit.put(unit, training.contains(unit) ? Split.TRAIN : Split.TEST));
    if (!trains && !tests) {
      Map<Boolean, Integer> counts =
          undecided.stream()
              .collect(
                  Collectors.partitioningBy(
                      training::contains, Collectors.summingInt(u -> units.get(u).size())));
      drawn = counts.get(true);
      free = drawn + counts.get(false);
    }
  }
}
