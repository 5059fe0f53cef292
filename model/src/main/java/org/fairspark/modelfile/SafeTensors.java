package org.fairspark.modelfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named single-precision tensors in the safetensors format: eight bytes of header length, a JSON
 * header, raw data. A file is data, not code: reading executes nothing, and allocates nothing
 * before its size is checked.
 *
 * @param tensors by name, in the order of the file
 * @param metadata text by key
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata)
    implements Serializable {
  /** The largest header that is read; 100 bytes per tensor are usual. */
  private static final int MAX_HEADER_BYTES = 16 << 20;

  private static final int CHUNK = 1 << 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  public SafeTensors {
    tensors = new LinkedHashMap<>(tensors);
    metadata = new TreeMap<>(metadata);
  }

  /**
   * One tensor.
   *
   * @param shape its dimensions; their product is the number of values
   * @param values row-major; not copied
   */
  public record Tensor(List<Integer> shape, float[] values) implements Serializable {
    public Tensor {
      shape = List.copyOf(shape);
      if (length(shape) != values.length) {
        throw new IllegalArgumentException(
            "a tensor of shape %s has %d values, got %d"
                .formatted(shape, length(shape), values.length));
      }
    }

    static Tensor vector(float[] values) {
      return new Tensor(List.of(values.length), values);
    }
  }

  private static long length(List<Integer> shape) {
    long length = 1;
    for (int n : shape) {
      if (n < 0) {
        throw new IllegalArgumentException("a dimension must not be negative, got " + shape);
      }
      length = Math.multiplyExact(length, n);
    }
    return length;
  }

  /** Writes the file and leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode about = header.putObject("__metadata__");
    metadata.forEach(about::put);
    long offset = 0;
    for (var entry : tensors.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", "F32");
      ArrayNode shape = node.putArray("shape");
      entry.getValue().shape().forEach(shape::add);
      long end = offset + (long) Float.BYTES * entry.getValue().values().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = JSON.writeValueAsBytes(header);
    // The data begins at a multiple of eight, as the format demands; JSON allows trailing spaces.
    int padded = (text.length + 7) / 8 * 8;
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(start.putLong(padded).array());
    out.write(text);
    out.write(" ".repeat(padded - text.length).getBytes(StandardCharsets.US_ASCII));
    for (Tensor tensor : tensors.values()) {
      write(out, tensor.values());
    }
  }

  private static void write(OutputStream out, float[] values) throws IOException {
    // No larger than the tensor: a network has hundreds of small ones, and a checkpoint an epoch.
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.min(CHUNK, values.length) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int n = Math.min(CHUNK, values.length - from);
      buffer.clear().asFloatBuffer().put(values, from, n);
      out.write(buffer.array(), 0, n * Float.BYTES);
    }
  }

  /**
   * Reads a file to its end.
   *
   * @param maxBytes the largest size of the data; a header that gives more is refused before
   *     anything is allocated
   * @throws IOException if the stream fails or ends early, or the header is malformed or does not
   *     match the data; the message says what is wrong
   */
  public static SafeTensors read(InputStream in, long maxBytes) throws IOException {
    long headerLength =
        ByteBuffer.wrap(exactly(in, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER_BYTES) {
      throw new IOException(
          "not a safetensors file: its header would have %d bytes".formatted(headerLength));
    }
    JsonNode header;
    try {
      header = JSON.readTree(exactly(in, (int) headerLength));
    } catch (JsonProcessingException e) {
      throw new IOException("not a safetensors file: its header is no JSON", e);
    }
    Map<String, String> metadata = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    var fields = header.fields();
    while (fields.hasNext()) {
      var field = fields.next();
      if (field.getKey().equals("__metadata__")) {
        field
            .getValue()
            .fields()
            .forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        entries.add(Entry.of(field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::start));
    requireGapless(entries, maxBytes);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      tensors.put(entry.name, new Tensor(entry.shape, floats(in, entry)));
    }
    if (in.read() >= 0) {
      throw new IOException("the file goes on after its last tensor");
    }
    return new SafeTensors(tensors, metadata);
  }

  private static void requireGapless(List<Entry> entries, long maxBytes) throws IOException {
    long at = 0;
    for (Entry entry : entries) {
      if (entry.start != at) {
        throw new IOException(
            "tensor %s begins at byte %d, expected %d".formatted(entry.name, entry.start, at));
      }
      at = entry.end;
    }
    if (at > maxBytes) {
      throw new IOException("the tensors take %d bytes, allowed are %d".formatted(at, maxBytes));
    }
  }

  private record Entry(String name, List<Integer> shape, long start, long end) {
    static Entry of(String name, JsonNode node) throws IOException {
      if (!node.path("dtype").asText().equals("F32")) {
        throw new IOException(
            "tensor %s is of type %s, only F32 is known"
                .formatted(name, node.path("dtype").asText()));
      }
      List<Integer> shape = new ArrayList<>();
      for (JsonNode n : node.path("shape")) {
        if (!n.canConvertToInt() || n.asInt() < 0) {
          throw new IOException("tensor %s has dimension %s".formatted(name, n));
        }
        shape.add(n.asInt());
      }
      JsonNode offsets = node.path("data_offsets");
      if (offsets.size() != 2
          || !offsets.get(0).isIntegralNumber()
          || !offsets.get(1).isIntegralNumber()) {
        throw new IOException("tensor %s has no data offsets".formatted(name));
      }
      long start = offsets.get(0).asLong();
      long end = offsets.get(1).asLong();
      long bytes;
      try {
        bytes = Math.multiplyExact(Float.BYTES, length(shape));
      } catch (ArithmeticException e) {
        throw new IOException("tensor %s of shape %s is too large".formatted(name, shape), e);
      }
      if (end - start != bytes || bytes / Float.BYTES > Integer.MAX_VALUE - 8) {
        throw new IOException(
            "tensor %s of shape %s takes %d bytes, its offsets say %d"
                .formatted(name, shape, bytes, end - start));
      }
      return new Entry(name, shape, start, end);
    }
  }

  private static float[] floats(InputStream in, Entry entry) throws IOException {
    float[] values = new float[(int) ((entry.end - entry.start) / Float.BYTES)];
    for (int from = 0; from < values.length; from += CHUNK) {
      int n = Math.min(CHUNK, values.length - from);
      ByteBuffer.wrap(exactly(in, n * Float.BYTES))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values, from, n);
    }
    return values;
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException(
          "the file is cut off: expected %d more bytes, got %d".formatted(count, bytes.length));
    }
    return bytes;
  }
}
