package org.fairspark.dataset;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fairspark.random.SeededRandom;

/**
 * A rule that divides normal images into training and test where the folders do not: four fifths
 * are training images, each chosen by a hash of its id alone, so that an image stays on its side
 * when others come or go.
 */
final class HashSplit {
  static final double TRAINING_SHARE = 0.8;

  private HashSplit() {}

  /**
   * Returns the training images among these: at least one, and with two or more images at most all
   * but one: then the image nearest to the border changes sides.
   */
  static Set<String> training(List<String> imageIds) {
    Set<String> chosen =
        imageIds.stream()
            .filter(id -> fraction(id) < TRAINING_SHARE)
            .collect(Collectors.toCollection(HashSet::new));
    if (chosen.isEmpty()) {
      imageIds.stream().min(BY_FRACTION).ifPresent(chosen::add);
    } else if (chosen.size() == imageIds.size() && chosen.size() > 1) {
      imageIds.stream().max(BY_FRACTION).ifPresent(chosen::remove);
    }
    return chosen;
  }

  private static final Comparator<String> BY_FRACTION =
      Comparator.comparingDouble(HashSplit::fraction).thenComparing(Comparator.naturalOrder());

  /** Returns the hash of an id, uniform in [0,1). */
  static double fraction(String imageId) {
    return (SeededRandom.seed(0, imageId, 0) >>> 11) * 0x1.0p-53;
  }
}
