package org.fairspark.image.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The extraction of one component of a JPEG as a gray JPEG of its own, without decoding it: its
 * coded blocks are copied bit by bit. What libjpeg makes of components of half the height depends
 * on its version; a gray JPEG it decodes alike everywhere.
 *
 * <p>For components with one block in each unit (sampling factors 1 x 1), whose blocks follow one
 * another in the gray file as they do in the other. The file is Huffman-coded, sequential or
 * progressive, whole, and defines its tables (ITU-T T.81, annexes B, F and G).
 */
final class JpegComponent {
  private static final int SOS = 0xDA;
  private static final int DHT = 0xC4;
  private static final int DRI = 0xDD;
  private static final int EOI = 0xD9;

  private final byte[] file;
  private final int component;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final HuffmanCodes[] codes = new HuffmanCodes[32];
  private int frameAt;
  private int restartInterval;

  private JpegComponent(byte[] file, int component) {
    this.file = file;
    this.component = component;
  }

  /**
   * Extracts a component.
   *
   * @param file a JPEG without application segments
   * @param component its number in the frame, from 0
   * @param height of the component in rows
   * @throws IndexOutOfBoundsException if the coded data are broken
   */
  static byte[] extract(byte[] file, int component, int height) {
    return new JpegComponent(file, component).extract(height);
  }

  private byte[] extract(int height) {
    out.write(0xFF);
    out.write(0xD8);
    int at = 2;
    while (true) {
      int marker = file[at + 1] & 0xFF;
      if (marker == EOI) {
        break;
      }
      int length = u16(at + 2);
      int end = at + 2 + length;
      if (marker == SOS) {
        int next = endOfScan(end);
        copyScan(at + 2, end, next);
        at = next;
        continue;
      }
      if (marker >= 0xC0 && marker <= 0xC2) {
        frameAt = at + 2;
        writeFrame(marker, height);
      } else if (marker < 0xE0) {
        readTables(marker, at + 4, end);
        out.write(file, at, length + 2);
      }
      at = end;
    }
    out.write(0xFF);
    out.write(EOI);
    return out.toByteArray();
  }

  private int u16(int at) {
    return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
  }

  private int endOfScan(int at) {
    while (file[at] != (byte) 0xFF
        || file[at + 1] == 0
        || file[at + 1] == (byte) 0xFF
        || isRestart(file[at + 1] & 0xFF)) {
      at++;
    }
    return at;
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
  }

  /** Writes the frame header of a gray picture; the width of the component is the file's. */
  private void writeFrame(int marker, int height) {
    int of = frameAt + 8 + 3 * component;
    byte[] frame = {
      (byte) 0xFF,
      (byte) marker,
      0,
      11,
      8,
      (byte) (height >> 8),
      (byte) height,
      file[frameAt + 5],
      file[frameAt + 6],
      1,
      file[of],
      0x11,
      file[of + 2]
    };
    out.writeBytes(frame);
  }

  private void readTables(int marker, int at, int end) {
    if (marker == DRI) {
      restartInterval = u16(at);
    } else if (marker == DHT) {
      while (at < end) {
        int id = file[at] & 0xFF;
        HuffmanCodes table = HuffmanCodes.read(file, at + 1);
        codes[(id & 0x10) | (id & 0x0F)] = table;
        at += 17 + table.values().length;
      }
    }
  }

  /** The blocks of a component in a unit of a scan, with the tables that decode them. */
  private record Part(boolean wanted, int blocks, HuffmanCodes dc, HuffmanCodes ac) {}

  private void copyScan(int header, int data, int end) {
    int parts = file[header + 2] & 0xFF;
    Part[] scan = new Part[parts];
    byte[] own = null;
    for (int i = 0; i < parts; i++) {
      int at = header + 3 + 2 * i;
      int number = numberOf(file[at]);
      int selectors = file[at + 1] & 0xFF;
      int factors = file[frameAt + 8 + 3 * number + 1] & 0xFF;
      boolean wanted = number == component;
      int blocks = parts == 1 ? 1 : (factors >> 4) * (factors & 15);
      scan[i] = new Part(wanted, blocks, codes[selectors >> 4], codes[0x10 | (selectors & 15)]);
      if (wanted) {
        own = new byte[] {file[at], file[at + 1]};
      }
    }
    if (own == null) {
      return;
    }
    int spectral = header + 3 + 2 * parts;
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) SOS, 0, 8, 1, own[0], own[1]});
    out.write(file, spectral, 3);
    if (parts == 1) {
      out.write(file, data, end - data);
      return;
    }
    boolean dcOnly = file[spectral + 1] == 0;
    boolean refinement = dcOnly && (file[spectral + 2] & 0xF0) != 0;
    int units = (u16(frameAt + 5) + 7) / 8 * ((u16(frameAt + 3) + 15) / 16);
    JpegBits bits = new JpegBits(file, data, end);
    for (int unit = 0, restarts = 0; unit < units; unit++) {
      if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0) {
        bits.restart(out, 0xD0 + restarts++ % 8);
      }
      for (Part part : scan) {
        for (int block = 0; block < part.blocks(); block++) {
          bits.copyTo(part.wanted() ? out : null);
          if (refinement) {
            bits.take(1);
          } else {
            takeBlock(bits, part, dcOnly);
          }
        }
      }
    }
    bits.finish(out);
  }

  /** Takes the codes of one block (annex F.2.2). */
  private static void takeBlock(JpegBits bits, Part part, boolean dcOnly) {
    if (part.dc() == null || (part.ac() == null && !dcOnly)) {
      throw new IndexOutOfBoundsException("a scan of Huffman tables that are not there");
    }
    bits.take(part.dc().next(bits));
    for (int k = 1; !dcOnly && k < 64; k++) {
      int symbol = part.ac().next(bits);
      int size = symbol & 15;
      int run = symbol >> 4;
      if (size == 0 && run < 15) {
        return;
      }
      k += run;
      bits.take(size);
    }
  }

  private int numberOf(byte id) {
    int components = file[frameAt + 7];
    for (int i = 0; i < components; i++) {
      if (file[frameAt + 8 + 3 * i] == id) {
        return i;
      }
    }
    throw new IndexOutOfBoundsException("a scan of component " + id + ", which is not there");
  }

  /** The codes of a Huffman table, by their lengths. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record HuffmanCodes(int[] counts, byte[] values) {
    static HuffmanCodes read(byte[] file, int at) {
      int[] counts = new int[17];
      int all = 0;
      for (int length = 1; length <= 16; length++) {
        counts[length] = file[at + length - 1] & 0xFF;
        all += counts[length];
      }
      return new HuffmanCodes(counts, Arrays.copyOfRange(file, at + 16, at + 16 + all));
    }

    /** Takes a code and returns its value. */
    int next(JpegBits bits) {
      int code = 0;
      int first = 0;
      int index = 0;
      for (int length = 1; length <= 16; length++) {
        code = code << 1 | bits.take(1);
        int count = counts[length];
        if (code - first < count) {
          return values[index + code - first] & 0xFF;
        }
        index += count;
        first = (first + count) << 1;
      }
      throw new IndexOutOfBoundsException("a code that no Huffman table has");
    }
  }
}
