package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The entry {@code pixels} of a model's manifest: how the images that it was trained on came out of
 * their files, so that others are read in the same way.
 *
 * @param bitDepth bits of the samples of 16-bit files; empty where each file says it
 * @param sampleOffset added to those samples
 * @param decodedBy versions of the programs that decoded them, of {@code images/}
 */
public record PixelSource(OptionalInt bitDepth, int sampleOffset, Map<String, String> decodedBy) {
  private static final String BIT_DEPTH = "bit_depth";
  private static final String SAMPLE_OFFSET = "sample_offset";
  private static final String AUTO = "auto";

  public PixelSource {
    decodedBy = Map.copyOf(decodedBy);
  }

  /** Returns the entry's fields by their names. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(BIT_DEPTH, bitDepth.isPresent() ? bitDepth.getAsInt() : AUTO);
    fields.put(SAMPLE_OFFSET, sampleOffset);
    fields.put("decoded_by", new TreeMap<>(decodedBy));
    return fields;
  }

  /** Returns the bits that a model's manifest gives; empty where each file says it. */
  public static OptionalInt bitDepth(JsonNode manifest) {
    JsonNode bits = manifest.path("pixels").path(BIT_DEPTH);
    return bits.isInt() ? OptionalInt.of(bits.asInt()) : OptionalInt.empty();
  }

  /** Returns what a model's manifest says is added to the samples of 16-bit files. */
  public static int sampleOffset(JsonNode manifest) {
    return manifest.path("pixels").path(SAMPLE_OFFSET).asInt(0);
  }
}
