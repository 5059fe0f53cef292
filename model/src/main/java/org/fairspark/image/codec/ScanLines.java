package org.fairspark.image.codec;

import java.util.zip.DataFormatException;

/** The scan lines of a PNG, inflated but still filtered, a few at a time. */
interface ScanLines extends AutoCloseable {
  /** Lines together longer than the cache are slow to unfilter and to unpack. */
  int BATCH_BYTES = 1 << 16;

  /**
   * Begins a pass of an interlaced image, or the only one of another.
   *
   * @param stride bytes of a line, its filter type among them
   */
  void beginPass(int stride);

  /**
   * Inflates the next lines. The line before them, unfiltered by the caller, is kept in front of
   * them: zeros at the start of a pass.
   *
   * @return where the first of them begins in {@link #bytes}
   */
  int next(int lines) throws DataFormatException, UndecodableImageException;

  /** What {@link #next} filled; the caller may write to it. */
  byte[] bytes();

  /** Reads on to the end of the compressed data, whose checksum it compares. */
  void checkEnd() throws DataFormatException;

  @Override
  void close();
}
