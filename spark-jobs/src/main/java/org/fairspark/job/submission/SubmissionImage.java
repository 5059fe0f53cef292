package org.fairspark.job.submission;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an image whose labels are not public.
 *
 * @param place {@code OBJECT/test_private/NAME} or {@code OBJECT/test_private_mixed/NAME}, without
 *     an extension
 */
record SubmissionImage(String place) {
  private static final Pattern PRIVATE =
      Pattern.compile("(?:.*/)?([^/]+/test_private(?:_mixed)?/[^/]+)\\.[^./]+");

  /**
   * Returns the place of an image.
   *
   * @param name path below the data root
   */
  static Optional<SubmissionImage> of(String name) {
    Matcher matcher = PRIVATE.matcher(name);
    return matcher.matches()
        ? Optional.of(new SubmissionImage(matcher.group(1)))
        : Optional.empty();
  }

  /** Returns the file of the anomaly map, relative to the submission's folder. */
  String map() {
    return "anomaly_images/" + place + ".tiff";
  }

  /** Returns the file of the map above the threshold, relative to the submission's folder. */
  String thresholded() {
    return "anomaly_images_thresholded/" + place + ".png";
  }
}
