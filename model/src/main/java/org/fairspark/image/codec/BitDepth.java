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
 * @param bits 8, 10, 12, 14 or 16
 * @param trustsFiles whether a file that says its depth (PNG {@code sBIT}, TIFF {@code
 *     MaxSampleValue}, {@code max=} in ImageJ's description, a PNM's maximum), and whose samples do
 *     not exceed it, is taken at its word instead; a data set's images have one depth, so that
 *     their brightness stays comparable
 */
public record BitDepth(int bits, boolean trustsFiles) implements Serializable {
  /** The depths that cameras have. */
  public static final List<Integer> KNOWN = List.of(8, 10, 12, 14, 16);

  /** What a file says itself, else all 16 bits. */
  public static final BitDepth OF_FILE = new BitDepth(16, true);

  public BitDepth {
    if (!KNOWN.contains(bits)) {
      throw new IllegalArgumentException("a bit depth must be one of " + KNOWN + ", got " + bits);
    }
  }

  /** Returns one depth for all 16-bit files, whatever they say. */
  public static BitDepth fixed(int bits) {
    return new BitDepth(bits, false);
  }

  /** Returns the least known depth that holds a sample; -1 is held by all. */
  static int holding(int sample) {
    return atLeast(sample < 0 ? 0 : 32 - Integer.numberOfLeadingZeros(sample));
  }

  /** Returns the least known depth of at least so many bits, at most 16. */
  static int atLeast(int bits) {
    return KNOWN.stream().filter(known -> known >= bits).findFirst().orElse(16);
  }

  /** Returns the bits of a file's 16-bit samples by this rule. */
  int of(WideSamples samples) {
    return trustsFiles && samples.said() > 0 && !samples.contradicted()
        ? Math.max(8, samples.said())
        : bits;
  }
}
