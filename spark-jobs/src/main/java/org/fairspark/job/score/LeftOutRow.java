package org.fairspark.job.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.fairspark.archive.ImageItem;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.text.Json;

/**
 * What was left out in one folder or archive, as a row of the listing: so that a task that runs
 * twice is counted once, as for its images.
 */
final class LeftOutRow {
  private LeftOutRow() {}

  /**
   * Returns the row.
   *
   * @param place the folder or archive
   */
  static Row of(ImageItem place, Omissions omissions) {
    return ScoreItem.listed(place, ScoreItem.LEFT_OUT, Json.line(omissions.toDetails()));
  }

  /** Reads a row's message. */
  static Omissions omissions(String message) {
    JsonNode details;
    try {
      details = Json.parse(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not written by this class: " + message, e);
    }
    SortedMap<Omission, Omissions.Group> groups = new TreeMap<>();
    details
        .fields()
        .forEachRemaining(
            field -> {
              List<String> examples = new ArrayList<>();
              field.getValue().path("examples").forEach(name -> examples.add(name.asText()));
              groups.put(
                  Omission.valueOf(field.getKey().toUpperCase(Locale.ROOT)),
                  new Omissions.Group(
                      field.getValue().path("files").asLong(),
                      field.getValue().path("folders").asLong(),
                      examples));
            });
    return new Omissions(groups);
  }
}
