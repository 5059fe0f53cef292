package org.fairspark.image.codec;

import java.util.zip.DataFormatException;

/** The scan lines of a PNG, inflated but still filtered, a few at a time. */
interface ScanLines extends AutoCloseable {
  /** Lines that are longer than this together leave the cache and are slow to unfilter. */
  int BATCH_BYTES = 1 << 16;

  /**
   * Begins a pass: one of seven in an interlaced image, the only one in any other.
   *
   * @param stride bytes of a line, its filter type included
   */
  void beginPass(int stride);

  /**
   * Inflates the next lines. The line before them, as the caller has unfiltered it, stands directly
   * in front of them; at the start of a pass it is zeros.
   *
   * @param lines how many; at most {@link #BATCH_BYTES} together, or one
   * @return index in {@link #bytes} of the first of them
   */
  int next(int lines) throws DataFormatException, UndecodableImageException;

  /** Returns the array that {@link #next} filled; the caller may write to it. */
  byte[] bytes();

  /** Reads on to the end of the compressed data and compares their checksum. */
  void checkEnd() throws DataFormatException;

  @Override
  void close();
}
