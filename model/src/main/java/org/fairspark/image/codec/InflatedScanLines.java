package org.fairspark.image.codec;

import java.util.Arrays;

/** The lines of an image that {@link IsalInflater} has inflated whole. */
final class InflatedScanLines implements ScanLines {
  private final byte[] bytes;
  private int next;
  private int stride;

  /**
   * @param bytes room for the longest line, then all lines
   * @param first where the first line begins
   */
  InflatedScanLines(byte[] bytes, int first) {
    this.bytes = bytes;
    next = first;
  }

  @Override
  public void beginPass(int stride) {
    this.stride = stride;
    Arrays.fill(bytes, next - stride, next, (byte) 0);
  }

  @Override
  public int next(int lines) {
    int first = next;
    next += lines * stride;
    return first;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  /** Nothing to do: the checksum was compared when all was inflated. */
  @Override
  public void checkEnd() {}

  @Override
  public void close() {}
}
