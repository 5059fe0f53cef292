package org.fairspark.image.codec;

/**
 * The way in which a file is to be decoded.
 *
 * @param limits checked against the header, before memory for pixels is taken
 * @param depth of 16-bit samples; a mask goes by its own largest sample instead
 * @param mask whether to decode a mask, as {@link ImageDecoder#readMask} says
 */
record Decoding(DecodeLimits limits, BitDepth depth, boolean mask) {
  /** Returns the same for an image that is no mask. */
  Decoding ofImage() {
    return new Decoding(limits, depth, false);
  }

  /** Returns the bits of a file's 16-bit samples, of which the highest 8 are kept. */
  int bits(int largest, WideSamples samples) {
    return mask ? Math.max(8, 32 - Integer.numberOfLeadingZeros(largest)) : depth.of(samples);
  }

  /** Returns a 16-bit sample as a byte; in a mask what is above zero stays above zero. */
  byte toByte(int sample, int bits) {
    int high = bits >= 8 ? sample >> (bits - 8) : sample << (8 - bits);
    return (byte) (mask && high == 0 && sample != 0 ? 1 : Math.min(255, high));
  }
}
