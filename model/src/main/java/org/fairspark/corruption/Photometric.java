package org.fairspark.corruption;

import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * A change of light that input and target of a training sample have alike, so that a network
 * restores what it sees and not the light that it learnt from.
 *
 * @param tones gamma, contrast and brightness
 * @param warmth red times this, blue divided by it
 */
record Photometric(LineVariation tones, double warmth) {
  private static final double MAX_GAMMA = 1.25;
  private static final double MAX_CONTRAST = 0.15;
  private static final double MAX_BRIGHTNESS = 0.2;
  private static final double MAX_WARMTH = 1.1;

  /**
   * Draws a change. At full strength gamma is from 0.8 to 1.25, contrast within 15 %, brightness
   * within 20 % and the colour of the light within 10 %.
   *
   * @param seed of the sample
   * @param strength share of these ranges, above 0 and up to 1
   */
  static Photometric of(long seed, double strength) {
    SeededRandom random = SeededRandom.of(seed, "photometric", 0);
    return new Photometric(
        new LineVariation(
            StrictMath.pow(MAX_GAMMA, strength * random.nextDouble(-1, 1)),
            1 + strength * random.nextDouble(-MAX_CONTRAST, MAX_CONTRAST),
            1 + strength * random.nextDouble(-MAX_BRIGHTNESS, MAX_BRIGHTNESS),
            0,
            0,
            0),
        StrictMath.pow(MAX_WARMTH, strength * random.nextDouble(-1, 1)));
  }

  /**
   * Changes an image.
   *
   * @param image {@code uint8[H][W][3]}; not changed
   */
  PixelImage apply(PixelImage image) {
    byte[] values = tones.apply(image).pixels().clone();
    for (int i = 0; i < values.length; i += 3) {
      values[i] = scaled(values[i], warmth);
      values[i + 2] = scaled(values[i + 2], 1 / warmth);
    }
    return new PixelImage(3, image.height(), image.width(), values);
  }

  private static byte scaled(byte value, double factor) {
    return (byte) Math.round(Math.min(255, (value & 0xFF) * factor));
  }
}
