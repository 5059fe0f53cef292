package org.fairspark.image.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The content of a JPEG file's markers, read from the first to the end-of-image marker, without
 * which a file is truncated.
 *
 * @param components samples per pixel: 1, 3 or 4
 * @param coding meaning of the components
 * @param orientation from EXIF, 1 to 8
 * @param bareFile the file without its application and comment segments. None of them is needed to
 *     undo the compression, and the JDK's reader fails on many that are merely unusual.
 * @param halfHeightColors whether the second and third component have half the rows of the first
 * @param padding equal bytes at the end of the last scan's data, before the end marker
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record JpegHeader(
    int width,
    int height,
    int components,
    Coding coding,
    int orientation,
    byte[] bareFile,
    boolean halfHeightColors,
    int padding) {
  /** Meaning of the components. */
  enum Coding {
    GRAY,
    YCBCR,
    RGB,
    CMYK,
    YCCK
  }

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int TEM = 0x01;
  private static final int DHT = 0xC4;
  private static final int JPEG_LS_FRAME = 0xF7;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JFIF_START = {
    (byte) 0xFF,
    (byte) SOI,
    (byte) 0xFF,
    (byte) 0xE0,
    0,
    16,
    'J',
    'F',
    'I',
    'F',
    0,
    1,
    1,
    0,
    0,
    1,
    0,
    1,
    0,
    0
  };
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);

  /** Returns the bare file with but one of the padding's bytes, which may belong to the picture. */
  byte[] withoutPadding() {
    int end = bareFile.length - 2;
    byte[] shorter = Arrays.copyOf(bareFile, bareFile.length - Math.max(0, padding - 1));
    shorter[shorter.length - 2] = bareFile[end];
    shorter[shorter.length - 1] = bareFile[end + 1];
    return shorter;
  }

  /** Reads the markers; refuses what is truncated, contradictory or not supported. */
  static JpegHeader read(byte[] file) throws UndecodableImageException {
    return new Scanner(file).scan();
  }

  private static final class Scanner {
    private final byte[] file;

    /** What of the file the bare one has, but for its start and its end. */
    private final List<Span> bare = new ArrayList<>();

    private int at = 2;
    private int frameAt = -1;
    private int orientation = Orientation.NORMAL;
    private boolean jfif;
    private int adobeTransform = -1;
    private boolean scanned;
    private int padding;

    /** The Huffman tables that the file defines, by class and number. */
    private final Set<Integer> tables = new HashSet<>();

    private boolean lacksTables;

    Scanner(byte[] file) {
      this.file = file;
    }

    JpegHeader scan() throws UndecodableImageException {
      while (true) {
        int marker = nextMarker();
        if (marker == EOI) {
          break;
        }
        if (marker == TEM || marker == SOI || isRestart(marker)) {
          continue;
        }
        // Before the segment is read: what is not supported is no damage where the file ends here.
        requireSupported(marker);
        int length = at + 2 <= file.length ? u16(at) : Integer.MAX_VALUE;
        if (length > file.length - at) {
          throw truncated();
        }
        if (length < 2) {
          throw UndecodableImageException.corrupt(
              "a JPEG segment at %d has no length".formatted(at));
        }
        readSegment(marker, length);
      }
      if (frameAt < 0 || !scanned) {
        throw UndecodableImageException.corrupt("the JPEG has no picture before its end marker");
      }
      return header();
    }

    private UndecodableImageException truncated() {
      return UndecodableImageException.truncated(
          "the JPEG of %d bytes ends without its end marker".formatted(file.length));
    }

    private int u16(int i) {
      return ((file[i] & 0xFF) << 8) | (file[i + 1] & 0xFF);
    }

    private static boolean isRestart(int marker) {
      return marker >= 0xD0 && marker <= 0xD7;
    }

    /** Skips bytes that are no marker, as libjpeg does, and fill bytes; returns the next marker. */
    private int nextMarker() throws UndecodableImageException {
      while (at + 1 < file.length) {
        int first = file[at++] & 0xFF;
        int second = file[at] & 0xFF;
        if (first == 0xFF && second != 0xFF && second != 0) {
          at++;
          return second;
        }
      }
      throw truncated();
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != 0xC8 && marker != 0xCC;
    }

    private static void requireSupported(int marker) throws UndecodableImageException {
      if (marker == JPEG_LS_FRAME) {
        throw UndecodableImageException.unsupported(
            "the file is a JPEG-LS image; only Huffman-coded sequential and progressive JPEG is"
                + " read");
      }
      // 0xCC defines tables of arithmetic coding.
      if ((isFrame(marker) && marker > 0xC2) || marker == 0xCC) {
        throw UndecodableImageException.unsupported(
            "the JPEG uses coding process %d; only Huffman-coded sequential and progressive"
                    .formatted(marker - 0xC0)
                + " JPEG is read");
      }
    }

    private void readSegment(int marker, int length) throws UndecodableImageException {
      if ((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) {
        readApplication(marker, length);
      } else {
        if (marker == DHT) {
          readTables(length);
        } else if (marker == SOS) {
          requireTables(length);
        }
        if (isFrame(marker) && frameAt < 0) {
          frameAt = at;
          checkFrame(length);
        }
        bare.add(new Span(at - 2, 2 + length));
      }
      at += length;
      if (marker == SOS) {
        copyScan();
      }
    }

    private void readTables(int length) {
      int end = at + length;
      for (int i = at + 2; i + 17 <= end; ) {
        tables.add(file[i] & 0xFF);
        int values = 0;
        for (int k = 1; k <= 16; k++) {
          values += file[i + k] & 0xFF;
        }
        i += 17 + values;
      }
    }

    /** Notes whether a scan needs a table that the file has not defined. */
    private void requireTables(int length) {
      for (int i = at + 3; i + 1 < at + length - 3; i += 2) {
        int selectors = file[i + 1] & 0xFF;
        boolean progressive = frameAt >= 0 && (file[frameAt - 1] & 0xFF) == 0xC2;
        lacksTables |=
            !progressive
                && !(tables.contains(selectors >> 4) && tables.contains(0x10 | (selectors & 15)));
      }
    }

    private void readApplication(int marker, int length) {
      if (marker == 0xE0 && startsWith(JFIF, length)) {
        jfif = true;
      } else if (marker == 0xE1 && startsWith(EXIF, length) && orientation == Orientation.NORMAL) {
        orientation = Orientation.read(ByteBuffer.wrap(file, at + 8, length - 8).slice());
      } else if (marker == 0xEE && startsWith(ADOBE, length) && length >= 14) {
        adobeTransform = file[at + 13] & 0xFF;
      }
    }

    private boolean startsWith(byte[] name, int length) {
      if (length < 2 + name.length) {
        return false;
      }
      for (int i = 0; i < name.length; i++) {
        if (file[at + 2 + i] != name[i]) {
          return false;
        }
      }
      return true;
    }

    private void checkFrame(int length) throws UndecodableImageException {
      if (length < 8 || length != 8 + 3 * (file[frameAt + 7] & 0xFF)) {
        throw UndecodableImageException.corrupt("the JPEG's frame header has " + length + " bytes");
      }
      if (file[frameAt + 2] != 8) {
        throw UndecodableImageException.unsupported(
            "the JPEG has %d-bit samples; only 8 bits are read".formatted(file[frameAt + 2]));
      }
      int components = file[frameAt + 7];
      if (components != 1 && components != 3 && components != 4) {
        throw UndecodableImageException.unsupported(
            "the JPEG has %d components; 1, 3 and 4 are read".formatted(components));
      }
    }

    /**
     * Copies entropy-coded data, which end at a marker that is neither a stuffed zero nor a
     * restart.
     */
    private void copyScan() throws UndecodableImageException {
      scanned = true;
      int start = at;
      int last = file.length - 1;
      for (int i = JpegMarkers.next(file, start, last); i < last; ) {
        int second = file[i + 1] & 0xFF;
        if (second != 0 && second != 0xFF && !isRestart(second)) {
          at = i;
          bare.add(new Span(start, at - start));
          padding = 0;
          while (at - 1 - padding > start && file[at - 1 - padding] == file[at - 1]) {
            padding++;
          }
          return;
        }
        i = JpegMarkers.next(file, i + 1, last);
      }
      throw truncated();
    }

    private JpegHeader header() {
      int components = file[frameAt + 7];
      Coding coding =
          switch (components) {
            case 1 -> Coding.GRAY;
            case 4 -> adobeTransform == 2 ? Coding.YCCK : Coding.CMYK;
            default -> isRgb() ? Coding.RGB : Coding.YCBCR;
          };
      return new JpegHeader(
          u16(frameAt + 5),
          u16(frameAt + 3),
          components,
          coding,
          orientation,
          bareFile(coding),
          components == 3 && factors(0) == 0x12 && factors(1) == 0x11 && factors(2) == 0x11,
          padding);
    }

    /** Returns a component's horizontal and vertical sampling factors, 4 bits each. */
    private int factors(int component) {
      return file[frameAt + 9 + 3 * component] & 0xFF;
    }

    /** Returns the bare file; a JFIF marker tells the JDK's reader that the colours are YCbCr. */
    private byte[] bareFile(Coding coding) {
      byte[] start = coding == Coding.YCBCR ? JFIF_START : new byte[] {(byte) 0xFF, (byte) SOI};
      byte[] standard = lacksTables ? StandardHuffmanTables.SEGMENT : new byte[0];
      byte[] whole = Arrays.copyOf(start, start.length + standard.length + Span.total(bare) + 2);
      System.arraycopy(standard, 0, whole, start.length, standard.length);
      int to = start.length + standard.length;
      for (Span span : bare) {
        System.arraycopy(file, span.start(), whole, to, span.length());
        to += span.length();
      }
      whole[to] = (byte) 0xFF;
      whole[to + 1] = (byte) EOI;
      return whole;
    }

    /** Returns whether three components are RGB, by the rules of libjpeg. */
    private boolean isRgb() {
      if (jfif) {
        return false;
      }
      if (adobeTransform >= 0) {
        return adobeTransform == 0;
      }
      return file[frameAt + 8] == 'R' && file[frameAt + 11] == 'G' && file[frameAt + 14] == 'B';
    }
  }
}
