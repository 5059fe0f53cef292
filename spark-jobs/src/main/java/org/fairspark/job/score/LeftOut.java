package org.fairspark.job.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.text.Json;

/** The text of what was left out in one place, as a listing's entry holds it. */
final class LeftOut {
  private LeftOut() {}

  /** Reads an entry's message. */
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
