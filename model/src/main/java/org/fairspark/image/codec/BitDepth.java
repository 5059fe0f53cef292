package org.fairspark.image.codec;

import java.io.Serializable;
import java.util.List;

/**
 * The number of bits that samples stored in 16 bits really have: cameras of 10, 12 and 14 bits put
 * their values into the low bits of 16-bit files, of which OpenCV and others then keep the high
 * byte, that is next to nothing. A sample of {@code bits} bits becomes a byte by its highest 8
 * bits; larger samples become 255. Files with other than 16 bits per sample say their depth by that
 * and are not touched.
 *
 * <p>Signed samples, as those of computed tomography, get an offset first that makes them positive;
 * so do unsigned ones beside them, since all of a data set are of one scale. What is below zero
 * even then becomes 0.
 *
 * @param bits 8, 10, 12, 14 or 16, with the offset
 * @param trustsFiles whether a file that says its depth (PNG {@code sBIT}, TIFF {@code
 *     MaxSampleValue}, {@code max=} in ImageJ's description, a PNM's maximum), and whose samples do
 *     not exceed it, is taken at its word instead; a data set's images have one depth, so that
 *     their brightness stays comparable
 * @param offset added to all 16-bit samples, 0 to 32768; with 0 a file with negative samples is
 *     refused. -1 where it is still to be found: files with negative samples get half the range for
 *     the time being, others nothing
 */
public record BitDepth(int bits, boolean trustsFiles, int offset) implements Serializable {
  /** The most that signed samples of 16 bits need. */
  public static final int MAX_OFFSET = 1 << 15;

  private static final int UNKNOWN = -1;

  /** The depths that cameras have. */
  public static final List<Integer> KNOWN = List.of(8, 10, 12, 14, 16);

  /** The depth that a file states, else all 16 bits. */
  public static final BitDepth OF_FILE = new BitDepth(16, true, 0);

  public BitDepth {
    if (!KNOWN.contains(bits)) {
      throw new IllegalArgumentException("a bit depth must be one of " + KNOWN + ", got " + bits);
    }
    if (offset < UNKNOWN || offset > MAX_OFFSET) {
      throw new IllegalArgumentException(
          "an offset must be 0 to %d, got %d".formatted(MAX_OFFSET, offset));
    }
  }

  /** Returns one depth for all 16-bit files, whatever they say. */
  public static BitDepth fixed(int bits) {
    return new BitDepth(bits, false, 0);
  }

  /** Returns this depth of samples to which an offset is added. */
  public BitDepth withOffset(int added) {
    return new BitDepth(bits, trustsFiles, added);
  }

  /** Returns this depth where the offset of negative samples is still to be found. */
  public BitDepth seekingOffset() {
    return withOffset(UNKNOWN);
  }

  /** Returns whether files with negative samples are read for the time being only. */
  public boolean isSeekingOffset() {
    return offset == UNKNOWN;
  }

  /** Returns what is added to the samples of a file. */
  int offsetOf(WideSamples samples) {
    return !isSeekingOffset() ? offset : samples.smallest() < 0 ? MAX_OFFSET : 0;
  }

  /** Returns the least known depth that holds a sample; -1 is held by all. */
  static int holding(int sample) {
    return atLeast(bitsOf(Math.max(0, sample)));
  }

  private static int bitsOf(int sample) {
    return 32 - Integer.numberOfLeadingZeros(sample);
  }

  /** Returns the least known depth of at least so many bits, at most 16. */
  private static int atLeast(int bits) {
    return KNOWN.stream().filter(known -> known >= bits).findFirst().orElse(16);
  }

  /** Returns the bits of a file's 16-bit samples by this rule. */
  int of(WideSamples samples) {
    return trustsFiles && samples.said() > 0 && !samples.contradicted()
        ? Math.max(8, Math.min(16, bitsOf((1 << samples.said()) - 1 + offsetOf(samples))))
        : bits;
  }
}
