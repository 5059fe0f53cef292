package org.fairspark.job.score;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.fairspark.archive.ImageItem;

/**
 * The assignment of a category, and of what it is scored with, to an image by its path alone.
 *
 * @param fingerprints of what images are scored with, by category
 * @param without the fingerprint of images without a category
 * @param told categories that a table tells of archives and of files in them, by their paths
 */
record ListingAssignment(
    CategoryRule rule, Map<String, String> fingerprints, String without, Map<String, String> told)
    implements Serializable {
  ScoreItem of(ImageItem image) {
    return of(
        image,
        told.isEmpty() ? "" : told.getOrDefault(image.path(), told.getOrDefault(image.file(), "")));
  }

  /** Assigns the category that a table tells, or that of the path where it tells none. */
  ScoreItem of(ImageItem image, String said) {
    Optional<String> category =
        said.isEmpty() || rule.fixed() != null
            ? rule.of(image.name())
            : Optional.of(said).filter(rule.known()::contains);
    return ScoreItem.found(
        image, category.orElse(null), category.map(fingerprints::get).orElse(without));
  }
}
