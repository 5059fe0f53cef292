package org.fairspark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.text.Json;

/**
 * A JSON file under an output root: there whole or not at all.
 *
 * @param whatToDo human-readable advice where the file is damaged
 */
public record JsonFile(OutputRoot root, Path path, String whatToDo) {

  /**
   * Returns the parsed file; nothing where there is none.
   *
   * @throws FairException if it is not JSON
   */
  public Optional<JsonNode> read() {
    return parsed(Json::parse);
  }

  /**
   * Returns the file as a record; nothing where there is none.
   *
   * @throws FairException if it is not JSON, or not of that type
   */
  public <T> Optional<T> read(Class<T> type) {
    return parsed(text -> Json.parse(text, type));
  }

  private interface Parser<T> {
    T parse(String text) throws JsonProcessingException;
  }

  private <T> Optional<T> parsed(Parser<T> parser) {
    String text = root.readText(path);
    try {
      return text == null ? Optional.empty() : Optional.of(parser.parse(text));
    } catch (JsonProcessingException e) {
      throw FairException.failed(
          path.getName() + " cannot be read: " + e.getOriginalMessage(),
          path.toString(),
          whatToDo,
          e);
    }
  }

  /**
   * Writes the file, in place of an older one, indented for people.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Object value) throws IOException {
    root.writeText(path, Json.pretty(value));
  }
}
