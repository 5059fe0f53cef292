package org.fairspark.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON texts of plain values, records and maps, by one mapper for the whole program. */
public final class Json {
  private static final ObjectMapper LINE = new ObjectMapper();
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /**
   * Returns a text without line breaks.
   *
   * @throws IllegalStateException if JSON cannot hold the value
   */
  public static String line(Object value) {
    return write(LINE, value);
  }

  /**
   * Returns an indented text that ends with a line break.
   *
   * @throws IllegalStateException if JSON cannot hold the value
   */
  public static String pretty(Object value) {
    return write(PRETTY, value) + "\n";
  }

  private static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that JSON cannot hold: " + value, e);
    }
  }

  /** Returns a value as a tree. */
  public static JsonNode tree(Object value) {
    return LINE.valueToTree(value);
  }

  /** Returns a new, empty object. */
  public static ObjectNode object() {
    return LINE.createObjectNode();
  }

  /** Returns a new, empty array. */
  public static ArrayNode array() {
    return LINE.createArrayNode();
  }

  /**
   * Converts a tree or plain values to a type.
   *
   * @throws IllegalArgumentException if they are not of that type
   */
  public static <T> T convert(Object value, TypeReference<T> type) {
    return LINE.convertValue(value, type);
  }

  /**
   * Converts a tree or plain values to a type.
   *
   * @throws IllegalArgumentException if they are not of that type
   */
  public static <T> T convert(Object value, Class<T> type) {
    return LINE.convertValue(value, type);
  }

  /**
   * Parses a text.
   *
   * @throws JsonProcessingException if it is not JSON
   */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return LINE.readTree(text);
  }

  /**
   * Parses a text.
   *
   * @throws JsonProcessingException if it is not JSON, or not of that type
   */
  public static <T> T parse(String text, Class<T> type) throws JsonProcessingException {
    return LINE.readValue(text, type);
  }
}
