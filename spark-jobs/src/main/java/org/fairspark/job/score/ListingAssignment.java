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
 */
record ListingAssignment(CategoryRule rule, Map<String, String> fingerprints, String without)
    implements Serializable {
  ScoreItem of(ImageItem image) {
    Optional<String> category = rule.of(image.name());
    return ScoreItem.found(
        image, category.orElse(null), category.map(fingerprints::get).orElse(without));
  }
}
