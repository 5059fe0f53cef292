package org.fairspark.network.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in Protocol Buffers' wire format, as much of it as an ONNX file needs. Arrays of floats
 * are not copied before they are written.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;
  private static final int CHUNK = 1 << 14;

  /** A piece of a message: a tag, with its length, or a value. */
  private interface Part {
    long size();

    void write(OutputStream out) throws IOException;
  }

  private record Bytes(byte[] bytes) implements Part {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void write(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /** Little-endian single precision, not copied before it is written. */
  private record Floats(float[] values) implements Part {
    @Override
    public long size() {
      return (long) Float.BYTES * values.length;
    }

    @Override
    public void write(OutputStream out) throws IOException {
      ByteBuffer buffer =
          ByteBuffer.allocate(Math.min(CHUNK, values.length) * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < values.length; from += CHUNK) {
        int count = Math.min(CHUNK, values.length - from);
        buffer.asFloatBuffer().put(values, from, count);
        out.write(buffer.array(), 0, count * Float.BYTES);
      }
    }
  }

  private record Nested(ProtoMessage message) implements Part {
    @Override
    public long size() {
      return message.size();
    }

    @Override
    public void write(OutputStream out) throws IOException {
      message.write(out);
    }
  }

  private final List<Part> parts = new ArrayList<>();

  ProtoMessage integer(int field, long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint(bytes, (long) field << 3 | VARINT);
    varint(bytes, value);
    parts.add(new Bytes(bytes.toByteArray()));
    return this;
  }

  ProtoMessage text(int field, String value) {
    return sized(field, new Bytes(value.getBytes(StandardCharsets.UTF_8)));
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return sized(field, new Nested(value));
  }

  ProtoMessage floats(int field, float[] values) {
    return sized(field, new Floats(values));
  }

  private ProtoMessage sized(int field, Part part) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    varint(head, (long) field << 3 | LENGTH);
    varint(head, part.size());
    parts.add(new Bytes(head.toByteArray()));
    parts.add(part);
    return this;
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Bytes on the wire; a message that is part of another must not grow any more. */
  long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  void write(OutputStream out) throws IOException {
    for (Part part : parts) {
      part.write(out);
    }
  }
}
