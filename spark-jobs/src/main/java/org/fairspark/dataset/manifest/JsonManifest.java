package org.fairspark.dataset.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.text.Json;

/**
 * JSON lines, an object each, or one JSON list of objects. Lines of AWS Ground Truth and Lookout
 * for Vision, told by their {@code source-ref}, are read as {@link GroundTruth} says.
 */
final class JsonManifest {
  private JsonManifest() {}

  static ManifestReader.Content read(
      String text, ManifestReader.Naming naming, ManifestProblems problems) {
    Set<String> columns = new LinkedHashSet<>();
    List<ManifestRow> rows = new ArrayList<>();
    long number = 0;
    if (text.stripLeading().startsWith("[")) {
      try {
        for (JsonNode node : Json.parse(text)) {
          add(node, naming.place(++number), naming, columns, rows, problems);
        }
      } catch (JsonProcessingException e) {
        problems.add("the list is not JSON: " + e.getOriginalMessage());
      }
    } else {
      for (String line : (Iterable<String>) text.lines()::iterator) {
        String place = naming.place(++number);
        if (line.isBlank()) {
          continue;
        }
        try {
          add(Json.parse(line), place, naming, columns, rows, problems);
        } catch (JsonProcessingException e) {
          problems.add("%s is not JSON: %s".formatted(place, e.getOriginalMessage()));
        }
      }
    }
    return new ManifestReader.Content(columns, rows);
  }

  private static void add(
      JsonNode node,
      String place,
      ManifestReader.Naming naming,
      Set<String> columns,
      List<ManifestRow> rows,
      ManifestProblems problems) {
    if (!(node instanceof ObjectNode object)) {
      problems.add(place + " is no JSON object");
      return;
    }
    Map<String, String> cells =
        object.has(GroundTruth.IMAGE) ? GroundTruth.cells(object) : cells(object);
    columns.addAll(cells.keySet());
    rows.add(ManifestRow.of(place, naming.split(), cells));
  }

  private static Map<String, String> cells(ObjectNode object) {
    Map<String, String> cells = new HashMap<>();
    object
        .fields()
        .forEachRemaining(
            field ->
                cells.put(
                    field.getKey(),
                    cell(
                        field.getValue(),
                        ManifestColumn.named(field.getKey())
                            .filter(ManifestColumn.MASK::equals)
                            .isPresent())));
    return cells;
  }

  /** Returns a value as a cell: lists of masks as masks, other lists and objects as JSON. */
  private static String cell(JsonNode value, boolean mask) {
    if (value.isNull()) {
      return "";
    }
    if (mask && value.isArray()) {
      List<String> names = new ArrayList<>();
      value.forEach(name -> names.add(name.asText()));
      return MaskNames.cell(names);
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
