package org.fairspark.dataset.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.text.Json;

/**
 * The names of an image's masks as one text: one alone as it is, several divided by semicolons; as
 * a JSON list where a name holds a semicolon, begins with a bracket, or has blanks around it.
 */
public final class MaskNames {
  private MaskNames() {}

  /** Returns the text of these names. */
  public static String cell(List<String> names) {
    boolean plain =
        names.stream().allMatch(n -> !n.contains(";") && !n.startsWith("[") && n.equals(n.strip()));
    return plain ? String.join(";", names) : Json.line(names);
  }

  /**
   * Returns the names that a text gives, none if it is blank.
   *
   * @throws IllegalArgumentException if it begins as a list and is none of texts
   */
  public static List<String> of(String cell) {
    String text = cell.strip();
    return text.startsWith("[")
        ? list(text)
        : Arrays.stream(text.split(";", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  private static List<String> list(String text) {
    List<String> names = new ArrayList<>();
    try {
      for (JsonNode name : Json.parse(text)) {
        if (!name.isTextual()) {
          throw new IllegalArgumentException("a list of masks holds " + name);
        }
        names.add(name.textValue());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a list of masks must be JSON, as in [\"a.png\"]", e);
    }
    return names;
  }
}
