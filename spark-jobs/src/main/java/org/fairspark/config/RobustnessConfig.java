package org.fairspark.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.fairspark.corruption.StatedChange;
import org.fairspark.image.ImageSize;

/**
 * {@code robustness.*}: what else {@code evaluate} measures.
 *
 * @param changes of the test images, each {@code KIND-SEVERITY}, under which they are measured
 *     again at the thresholds of the images as they are; empty for none
 */
public record RobustnessConfig(@Absent("none") List<String> changes) {
  public RobustnessConfig {
    changes = List.copyOf(changes);
    Checks checks = new Checks();
    for (String change : changes) {
      checks.require(
          isKnown(change),
          "robustness.changes",
          change,
          "must be a kind (%s) and a severity from 1 to 5, as blur-3"
              .formatted(StatedChange.kinds()));
    }
    checks
        .require(
            new HashSet<>(changes).size() == changes.size(),
            "robustness.changes",
            changes,
            "must not name a change twice")
        .done();
  }

  /** Returns which changes leave images of a size as they are, and why; empty for none. */
  public Optional<String> idleAt(ImageSize size) {
    List<String> idle =
        changes.stream()
            .filter(word -> StatedChange.of(word).isIdleAt(size.height(), size.width()))
            .toList();
    return idle.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("%s %s nothing in images of %s pixels: a blur is stated for 256, and shrinks with the"
                    + " image. Take a higher severity")
                .formatted(String.join(", ", idle), idle.size() == 1 ? "changes" : "change", size));
  }

  private static boolean isKnown(String word) {
    try {
      StatedChange.of(word);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
