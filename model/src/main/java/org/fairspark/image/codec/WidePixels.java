package org.fairspark.image.codec;

import java.util.function.IntFunction;
import org.fairspark.image.ImageCells;
import org.fairspark.image.PixelImage;

/**
 * A picture's 16-bit samples, which become bytes once all of them are known.
 *
 * @param samples {@code uint16[height][width][channels]}
 * @param channels 1 for gray, 3 for RGB
 * @param alpha the alpha channel of a mask, {@code uint8[height][width]}; null if there is none
 * @param signed whether the samples are {@code int16} in truth
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record WidePixels(
    short[] samples, int channels, int height, int width, byte[] alpha, boolean signed) {

  /** Makes unsigned samples. */
  WidePixels(short[] samples, int channels, int height, int width, byte[] alpha) {
    this(samples, channels, height, width, alpha, false);
  }

  /**
   * Converts to bytes.
   *
   * @param evidenceOf the evidence that the file gives on its depth, by its largest sample
   */
  DecodedImage toImage(Decoding how, IntFunction<WideSamples> evidenceOf) {
    int largest = 0;
    int smallest = 0;
    for (short sample : samples) {
      int value = signed ? sample : sample & 0xFFFF;
      largest = Math.max(largest, value);
      smallest = Math.min(smallest, value);
    }
    WideSamples evidence =
        smallest < 0 ? WideSamples.ofSigned(smallest, largest) : evidenceOf.apply(largest);
    int offset = how.mask() ? 0 : how.depth().offsetOf(evidence);
    int bits = how.bits(largest, evidence);
    PixelImage pixels = how.mask() ? mask(how, bits) : colors(how, bits, offset);
    boolean clipped = ((largest + offset) >> bits) != 0;
    return new DecodedImage(
        ImageCells.ofPixels(pixels), Orientation.NORMAL, 1, evidence, clipped, false);
  }

  private PixelImage colors(Decoding how, int bits, int offset) {
    byte[] pixels = new byte[3 * height * width];
    for (int p = 0; p < height * width; p++) {
      for (int c = 0; c < 3; c++) {
        pixels[3 * p + c] =
            how.toByte(Math.max(0, sample(p, channels == 1 ? 0 : c) + offset), bits);
      }
    }
    return new PixelImage(3, height, width, pixels);
  }

  private PixelImage mask(Decoding how, int bits) {
    byte[] values = new byte[height * width];
    for (int p = 0; p < values.length; p++) {
      byte first = how.toByte(sample(p, 0), bits);
      values[p] =
          channels == 1
              ? first
              : MaskValue.ofRgb(
                  first & 0xFF,
                  how.toByte(sample(p, 1), bits) & 0xFF,
                  how.toByte(sample(p, 2), bits) & 0xFF);
    }
    return new PixelImage(1, height, width, MaskValue.ofColorOrAlpha(values, alpha));
  }

  private int sample(int pixel, int channel) {
    short sample = samples[pixel * channels + channel];
    return signed ? sample : sample & 0xFFFF;
  }
}
