package org.fairspark.image.codec;

import java.util.Arrays;
import java.util.Optional;
import org.fairspark.image.ImageSize;

/**
 * The one scan of a sequential JPEG that has no other, and what its segments say of how it is coded
 * (ITU-T T.81, annex B).
 */
final class JpegScan {
  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;
  private static final int DHT = 0xC4;
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int APP0 = 0xE0;

  private final byte[] file;
  private final int[][] quantizations = new int[4][];
  private final JpegHuffmanTable[] tables = new JpegHuffmanTable[32];
  private int frameAt = -1;
  private int scanAt;
  private int restartInterval;

  private JpegScan(byte[] file) {
    this.file = file;
  }

  /**
   * Reads the segments.
   *
   * @param file whole, without application segments but JFIF's
   * @return empty for another kind of file, or one with a segment that is not as it should be
   */
  static Optional<JpegScan> read(byte[] file) {
    JpegScan scan = new JpegScan(file);
    return scan.readSegments() && scan.isUsual() ? Optional.of(scan) : Optional.empty();
  }

  private boolean readSegments() {
    for (int at = 2; ; ) {
      int marker = file[at + 1] & 0xFF;
      int length = u16(at + 2);
      int from = at + 4;
      int end = at + 2 + length;
      boolean read =
          switch (marker) {
            case APP0 -> true;
            case DQT -> readQuantizations(from, end);
            case DHT -> readTables(from, end);
            case DRI -> readRestartInterval(from, end);
            case SOF0, SOF1 -> readFrame(from);
            case SOS -> frameAt >= 0;
            default -> false;
          };
      if (!read) {
        return false;
      }
      at = end;
      if (marker == SOS) {
        scanAt = from;
        return true;
      }
    }
  }

  private int u16(int at) {
    return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
  }

  private boolean readQuantizations(int from, int end) {
    int at = from;
    for (; at + 65 <= end; at += 65) {
      // The upper half is the precision.
      int number = file[at] & 0xFF;
      if (number >= quantizations.length) {
        return false;
      }
      quantizations[number] = new int[64];
      for (int k = 0; k < 64; k++) {
        quantizations[number][k] = file[at + 1 + k] & 0xFF;
      }
    }
    return at == end;
  }

  private boolean readTables(int from, int end) {
    int at = from;
    while (at + 17 <= end) {
      int number = file[at] & 0xFF;
      int[] counts = new int[17];
      for (int length = 1; length <= 16; length++) {
        counts[length] = file[at + length] & 0xFF;
      }
      int symbols = at + 17;
      at = symbols + Arrays.stream(counts).sum();
      if (at > end || (number & 0xEC) != 0) {
        return false;
      }
      tables[number] = JpegHuffmanTable.of(counts, Arrays.copyOfRange(file, symbols, at));
      if (tables[number] == null || (number < 0x10 && hasRuns(symbols, at))) {
        return false;
      }
    }
    return at == end;
  }

  /** Returns whether symbols count zeros before a value: those of a block's first must not. */
  private boolean hasRuns(int from, int to) {
    for (int i = from; i < to; i++) {
      if ((file[i] & 0xF0) != 0) {
        return true;
      }
    }
    return false;
  }

  private boolean readRestartInterval(int from, int end) {
    restartInterval = u16(from);
    return end == from + 2;
  }

  private boolean readFrame(int from) {
    boolean first = frameAt < 0;
    frameAt = from;
    return first;
  }

  /** Returns whether the components are sampled as usual, and all in the scan with their tables. */
  private boolean isUsual() {
    int components = components();
    if (u16(scanAt - 2) != 6 + 2 * components || file[scanAt] != components) {
      return false;
    }
    for (int i = 0; i < components; i++) {
      int across = factor(0) >> 4;
      int down = factor(0) & 15;
      // Of a component alone the factors have no effect, but ones beyond 4 are no JPEG's.
      int most = components == 1 ? 4 : 2;
      boolean sampled =
          i == 0 ? across >= 1 && across <= most && down >= 1 && down <= most : factor(i) == 0x11;
      int selectors = selectors(i);
      if (!sampled
          || file[frameAt + 6 + 3 * i] != file[scanAt + 1 + 2 * i]
          || (selectors & 0xCC) != 0
          || tables[selectors >> 4] == null
          || tables[0x10 | (selectors & 15)] == null
          || quantization(i) >= quantizations.length
          || quantizations[quantization(i)] == null) {
        return false;
      }
      for (int other = 0; other < i; other++) {
        if (file[scanAt + 1 + 2 * other] == file[scanAt + 1 + 2 * i]) {
          return false;
        }
      }
    }
    int spectral = scanAt + 1 + 2 * components;
    return file[spectral] == 0 && file[spectral + 1] == 63 && file[spectral + 2] == 0;
  }

  private int components() {
    return file[frameAt + 5];
  }

  /** Returns a component's horizontal and vertical sampling factors, 4 bits each. */
  private int factor(int component) {
    return file[frameAt + 7 + 3 * component] & 0xFF;
  }

  private int quantization(int component) {
    return file[frameAt + 8 + 3 * component] & 0xFF;
  }

  /** Returns the numbers of a component's two Huffman tables, 4 bits each. */
  private int selectors(int component) {
    return file[scanAt + 2 + 2 * component] & 0xFF;
  }

  ImageSize size() {
    return new ImageSize(u16(frameAt + 1), u16(frameAt + 3));
  }

  /** Returns the blocks of a unit in a row, of the component that has most. */
  private int across() {
    return components() == 1 ? 1 : factor(0) >> 4;
  }

  /** Returns the blocks of a unit in a column, of the component that has most. */
  private int down() {
    return components() == 1 ? 1 : factor(0) & 15;
  }

  int unitsInRow() {
    return (size().width() + 8 * across() - 1) / (8 * across());
  }

  int unitRows() {
    return (size().height() + 8 * down() - 1) / (8 * down());
  }

  /** Returns the units between two restart markers. */
  int restartInterval() {
    return restartInterval == 0 ? Integer.MAX_VALUE : restartInterval;
  }

  /**
   * Returns the components.
   *
   * @param cellsAcross in a row of a block of the component that has most
   * @param cellsDown in a column of such a block
   */
  JpegPlane[] planes(int cellsAcross, int cellsDown) {
    JpegPlane[] planes = new JpegPlane[components()];
    for (int i = 0; i < planes.length; i++) {
      int selectors = selectors(i);
      planes[i] =
          new JpegPlane(
              new JpegPlane.Tables(tables[selectors >> 4], tables[0x10 | (selectors & 15)]),
              quantizations[quantization(i)],
              i == 0 ? across() : 1,
              i == 0 ? down() : 1,
              i == 0 ? cellsAcross : cellsAcross * across(),
              i == 0 ? cellsDown : cellsDown * down(),
              unitsInRow());
    }
    return planes;
  }

  /** Opens the coded data; empty where their markers are not those that they should be. */
  Optional<JpegCoefficients> coefficients() {
    long units = (long) unitsInRow() * unitRows();
    int intervals = (int) ((units + restartInterval() - 1) / restartInterval());
    int from = scanAt - 2 + u16(scanAt - 2);
    return Optional.ofNullable(JpegCoefficients.open(file, from, file.length - 2, intervals));
  }
}
