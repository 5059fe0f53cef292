package org.fairspark.dataset.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The lines of AWS SageMaker Ground Truth and Lookout for Vision: {@code source-ref} names the
 * image; an attribute with a {@code NAME-metadata} of the type {@code
 * groundtruth/image-classification} gives its class, of several labels or boxes all that it has; an
 * image without any of them is good. {@code NAME-ref} with a metadata of the type {@code
 * groundtruth/semantic-segmentation} names a mask, whose colours the metadata explains. The colour
 * of {@code BACKGROUND}, white as a rule, is what is normal.
 */
final class GroundTruth {
  /** The attribute that names the image. */
  static final String IMAGE = "source-ref";

  private static final String METADATA = "-metadata";
  private static final String GOOD = "good";
  private static final String BACKGROUND = "BACKGROUND";

  private GroundTruth() {}

  /** Returns the cells of a line, by the names of columns. */
  static Map<String, String> cells(ObjectNode line) {
    Map<String, String> cells = new HashMap<>();
    cells.put(ManifestColumn.PATH.title(), line.get(IMAGE).asText());
    line.fields()
        .forEachRemaining(
            field -> {
              String name = field.getKey();
              if (name.equals(IMAGE)) {
                return;
              }
              if (name.endsWith(METADATA)) {
                String attribute = name.substring(0, name.length() - METADATA.length());
                explain(line.path(attribute), field.getValue(), cells);
              } else if (!line.has(name + METADATA)) {
                JsonNode value = field.getValue();
                cells.put(name, value.isContainerNode() ? value.toString() : value.asText());
              }
            });
    return cells;
  }

  /** Returns the name of a class, as the metadata's map gives it. */
  private static String name(JsonNode id, JsonNode metadata) {
    return metadata.path("class-map").path(id.asText()).asText(id.asText());
  }

  private static void explain(JsonNode value, JsonNode metadata, Map<String, String> cells) {
    String type = metadata.path("type").asText();
    if (type.endsWith("image-classification")) {
      cells.put(ManifestColumn.LABEL.title(), metadata.path("class-name").asText(value.asText()));
    } else if (type.endsWith("image-classification-multilabel")) {
      TreeSet<String> names = new TreeSet<>();
      value.forEach(id -> names.add(name(id, metadata)));
      cells.put(ManifestColumn.LABEL.title(), names.isEmpty() ? GOOD : String.join("+", names));
    } else if (type.endsWith("object-detection")) {
      TreeSet<String> names = new TreeSet<>();
      value.path("annotations").forEach(box -> names.add(name(box.path("class_id"), metadata)));
      cells.put(ManifestColumn.LABEL.title(), names.isEmpty() ? GOOD : String.join("+", names));
    } else if (type.endsWith("semantic-segmentation")) {
      cells.put(ManifestColumn.MASK.title(), value.asText());
      TreeSet<String> kinds = new TreeSet<>();
      for (JsonNode color : metadata.path("internal-color-map")) {
        String kind = color.path("class-name").asText();
        if (kind.equalsIgnoreCase(BACKGROUND)) {
          cells.put(MaskBackground.COLUMN, color.path("hex-color").asText());
        } else {
          kinds.add(kind);
        }
      }
      if (!kinds.isEmpty()) {
        cells.put(ManifestColumn.DEFECT.title(), String.join("+", kinds));
      }
    }
  }
}
