package org.fairspark.image.codec;

import java.util.Arrays;

/**
 * One component of a JPEG whose blocks are decoded to means of cells: a strip of them, as high as
 * one row of the file's units (ITU-T T.81, annex A.2).
 */
final class JpegPlane {
  private static final int CENTER = 128;

  private final JpegHuffmanTable dc;
  private final JpegHuffmanTable ac;
  private final int blocksAcross;
  private final int blocksDown;
  private final int cellsAcross;
  private final int cellsDown;
  private final int width;
  private final byte[] strip;

  /** By coefficient: what its value is multiplied by. */
  private final float[] factors;

  /** How much of the block coefficients and means may change. */
  private final int touched;

  private int prediction;
  private final float[] block = new float[64];

  /**
   * Makes a plane.
   *
   * @param tables that decode the component's coefficients
   * @param quantization by coefficient
   * @param blocksAcross blocks of a unit in a row
   * @param blocksDown blocks of a unit in a column
   * @param cellsAcross cells of a block in a row: 1, 2, 4 or 8
   * @param cellsDown cells of a block in a column: 1, 2, 4 or 8
   * @param units in a row of them
   */
  JpegPlane(
      Tables tables,
      int[] quantization,
      int blocksAcross,
      int blocksDown,
      int cellsAcross,
      int cellsDown,
      int units) {
    this.dc = tables.dc();
    this.ac = tables.ac();
    this.blocksAcross = blocksAcross;
    this.blocksDown = blocksDown;
    this.cellsAcross = cellsAcross;
    this.cellsDown = cellsDown;
    width = units * blocksAcross * cellsAcross;
    strip = new byte[width * blocksDown * cellsDown];
    int last = 0;
    for (int k = 0; k < quantization.length; k++) {
      last = isNeeded(k) ? k : last;
    }
    int rows = cellsDown;
    for (int k = 0; k <= last; k++) {
      rows = Math.max(rows, JpegCoefficients.place(k) / 8 + 1);
    }
    touched = 8 * rows;
    factors = new float[last + 1];
    for (int k = 0; k <= last; k++) {
      int place = JpegCoefficients.place(k);
      if (isNeeded(k)) {
        factors[k] =
            (float)
                (quantization[k]
                    * CellDct.factor(place % 8, cellsAcross)
                    * CellDct.factor(place / 8, cellsDown));
      }
    }
  }

  /** The Huffman tables of a component's first coefficients and of all others. */
  record Tables(JpegHuffmanTable dc, JpegHuffmanTable ac) {}

  private boolean isNeeded(int coefficient) {
    int place = JpegCoefficients.place(coefficient);
    return place % 8 < cellsAcross && place / 8 < cellsDown;
  }

  JpegHuffmanTable dc() {
    return dc;
  }

  JpegHuffmanTable ac() {
    return ac;
  }

  /** Returns the last coefficient that is needed. */
  int kept() {
    return factors.length - 1;
  }

  float factor(int coefficient) {
    return factors[coefficient];
  }

  /** Returns a block's first coefficient, given its difference from the last one's. */
  int predicted(int difference) {
    prediction += difference;
    return prediction;
  }

  /** Starts a restart interval. */
  void restart() {
    prediction = 0;
  }

  /** Returns the means of the strip's cells, {@code uint8[][width]}. */
  byte[] strip() {
    return strip;
  }

  int width() {
    return width;
  }

  /**
   * Reads the component's blocks of a unit.
   *
   * @param unit its number in the row
   * @return whether they are regular
   */
  boolean readUnit(JpegCoefficients coefficients, int unit) {
    for (int row = 0; row < blocksDown; row++) {
      for (int column = 0; column < blocksAcross; column++) {
        int last = coefficients.block(this, block);
        if (last == JpegCoefficients.IRREGULAR) {
          return false;
        }
        int at = row * cellsDown * width + (unit * blocksAcross + column) * cellsAcross;
        if (last == 0) {
          byte level = level(block[0]);
          for (int y = 0; y < cellsDown; y++) {
            fillRow(at + y * width, level);
          }
        } else {
          CellDct.invert(block, cellsAcross, cellsDown);
          for (int y = 0; y < cellsDown; y++) {
            storeRow(at + y * width, 8 * y);
          }
          Arrays.fill(block, 0, touched, 0);
        }
      }
    }
    return true;
  }

  /** Sets a row of cells to one level. Without a loop, which would cost more than what it does. */
  private void fillRow(int at, byte level) {
    strip[at] = level;
    if (cellsAcross == 1) {
      return;
    }
    strip[at + 1] = level;
    if (cellsAcross > 2) {
      Arrays.fill(strip, at + 2, at + cellsAcross, level);
    }
  }

  /** Stores a row of the block's means, as {@link #fillRow}. */
  private void storeRow(int at, int from) {
    strip[at] = level(block[from]);
    if (cellsAcross == 1) {
      return;
    }
    strip[at + 1] = level(block[from + 1]);
    if (cellsAcross == 2) {
      return;
    }
    strip[at + 2] = level(block[from + 2]);
    strip[at + 3] = level(block[from + 3]);
    for (int x = 4; x < cellsAcross; x++) {
      strip[at + x] = level(block[from + x]);
    }
  }

  private static byte level(float value) {
    return (byte) Math.max(0, Math.min(255, (int) (value + (CENTER + 0.5f))));
  }
}
