package org.fairspark.job.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SortedMap;
import org.fairspark.text.Json;

/**
 * The amount of a kind of defect that needs to be found, as {@code defects_config.json} of MVTec
 * LOCO AD says it.
 *
 * @param threshold pixels, or a share of the defect's pixels
 * @param relative whether it is a share
 */
record Saturation(double threshold, boolean relative) {
  /** The column of the file's text, beside an image. */
  static final String COLUMN = "mask_values";

  /**
   * Finds the saturation of a mask's value.
   *
   * @param columns of the image
   * @param value that the defect's pixels have in the mask's file
   * @return empty if nothing is said of the value
   */
  static Optional<Saturation> of(SortedMap<String, String> columns, int value) {
    String text = columns.getOrDefault(COLUMN, "");
    try {
      for (JsonNode kind : text.isEmpty() ? Json.array() : Json.parse(text)) {
        double threshold = kind.path("saturation_threshold").asDouble();
        if (kind.path("pixel_value").asInt(-1) == value && threshold > 0) {
          return Optional.of(
              new Saturation(threshold, kind.path("relative_saturation").asBoolean()));
        }
      }
    } catch (JsonProcessingException e) {
      // A column of this name may hold anything in a table of the user's own.
      return Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * Returns the share of a defect that needs to be found, in (0, 1].
   *
   * @param pixels of the defect in the mask's file
   */
  double share(long pixels) {
    return Math.min(1, relative ? threshold : threshold / pixels);
  }
}
