package org.fairspark.image.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;

/** A little-endian TIFF for tests, written byte by byte; a picture per directory. */
final class TiffFile {
  /** The entries of type LONG; other numbers are SHORT. */
  private static final Set<Integer> LONGS = Set.of(254, 273, 278, 279);

  private final List<Picture> pictures = new ArrayList<>();

  /** One picture: entries by tag, and strips. */
  static final class Picture {
    private final SortedMap<Integer, long[]> entries = new TreeMap<>();
    private String description;
    private final List<byte[]> strips = new ArrayList<>();

    Picture(int width, int height, int bits, int samplesPerPixel, int photometric) {
      with(256, width).with(257, height).with(259, 1).with(262, photometric);
      long[] all = new long[samplesPerPixel];
      Arrays.fill(all, bits);
      with(258, all).with(277, samplesPerPixel).with(278, height);
    }

    Picture with(int tag, long... values) {
      entries.put(tag, values);
      return this;
    }

    Picture described(String text) {
      description = text;
      return this;
    }

    Picture strip(byte[] data) {
      strips.add(data);
      return this;
    }
  }

  static byte[] of(Picture... pictures) {
    TiffFile file = new TiffFile();
    file.pictures.addAll(List.of(pictures));
    return file.bytes();
  }

  private byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});
    for (int i = 0; i < pictures.size(); i++) {
      write(pictures.get(i), out, i + 1 == pictures.size());
    }
    return out.toByteArray();
  }

  private static void write(Picture picture, ByteArrayOutputStream out, boolean last) {
    long[] sizes = picture.strips.stream().mapToLong(s -> s.length).toArray();
    SortedMap<Integer, long[]> entries = new TreeMap<>(picture.entries);
    entries.put(273, new long[sizes.length]);
    entries.put(279, sizes);
    int count = entries.size() + (picture.description == null ? 0 : 1);
    int directory = out.size();
    int at = directory + 2 + 12 * count + 4;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    long[] offsets = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      offsets[i] = at + data.size();
      data.writeBytes(picture.strips.get(i));
    }
    entries.put(273, offsets);
    if (picture.description != null) {
      entries.put(270, null);
    }
    ByteBuffer head = ByteBuffer.allocate(2 + 12 * count + 4).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) count);
    entries.forEach(
        (tag, values) -> {
          boolean wide = LONGS.contains(tag);
          byte[] value =
              values == null
                  ? (picture.description + "\0").getBytes(StandardCharsets.ISO_8859_1)
                  : numbers(values, wide);
          head.putShort((short) (int) tag).putShort((short) (values == null ? 2 : wide ? 4 : 3));
          head.putInt(values == null ? value.length : values.length);
          if (value.length <= 4) {
            head.put(Arrays.copyOf(value, 4));
          } else {
            head.putInt(at + data.size());
            data.writeBytes(value);
          }
        });
    head.putInt(last ? 0 : at + data.size());
    out.writeBytes(head.array());
    out.writeBytes(data.toByteArray());
  }

  private static byte[] numbers(long[] values, boolean wide) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      if (wide) {
        bytes.putInt((int) value);
      } else {
        bytes.putShort((short) value);
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Packs samples of some bits, the highest bit first; each row begins at a byte. */
  static byte[] packed(int bits, int rowLength, int... samples) {
    int rowBytes = (bits * rowLength + 7) / 8;
    byte[] packed = new byte[rowBytes * (samples.length / rowLength)];
    for (int i = 0; i < samples.length; i++) {
      int from = 8 * rowBytes * (i / rowLength) + bits * (i % rowLength);
      for (int b = 0; b < bits; b++) {
        if ((samples[i] >> (bits - 1 - b) & 1) == 1) {
          packed[(from + b) / 8] |= (byte) (0x80 >> (from + b) % 8);
        }
      }
    }
    return packed;
  }

  /** Returns 16-bit samples in the file's byte order. */
  static byte[] words(int... samples) {
    ByteBuffer words = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample : samples) {
      words.putShort((short) sample);
    }
    return words.array();
  }

  static byte[] deflated(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
