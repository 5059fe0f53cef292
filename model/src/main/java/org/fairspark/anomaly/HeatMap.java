package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/**
 * Anomaly maps for the eye, in matplotlib's inferno: lightness rises evenly with the value, also in
 * print and for people who see colours differently.
 */
public final class HeatMap {
  /** How much of the image the hottest colour covers. */
  private static final double MAX_COVER = 0.8;

  /** Polynomials of degree 6 through inferno's 256 colours (by M. Zucker), lowest power first. */
  private static final double[][] INFERNO = {
    {
      0.0002189403691192265,
      0.1065134194856116,
      11.60249308247187,
      -41.70399613139459,
      77.162935699427,
      -71.31942824499214,
      25.13112622477341
    },
    {
      0.001651004631001012,
      0.5639564367884091,
      -3.972853965665698,
      17.43639888205313,
      -33.40235894210092,
      32.62606426397723,
      -12.24266895238567
    },
    {
      -0.01948089843709184,
      3.932712388889277,
      -15.9423941062914,
      44.35414519872813,
      -81.80730925738993,
      73.20951985803202,
      -23.07032500287172
    }
  };

  private static final byte[] COLORS = colors();

  private HeatMap() {}

  /**
   * The map laid over the image: untouched where the map is zero, inferno's yellow where it reaches
   * the scale.
   *
   * @param image {@code uint8[H][W][3]}, RGB, or gray
   * @param map {@code float[1][h][w]}; resized to the image where sizes differ
   * @param scale the value that gets the hottest colour, positive
   * @return {@code uint8[H][W][3]}
   * @throws IllegalArgumentException if the scale is not positive
   */
  public static PixelImage overlay(PixelImage image, FloatImage map, float scale) {
    float[] values = fitted(map, image.height(), image.width(), scale);
    byte[] in = image.pixels();
    int channels = image.channels();
    byte[] out = new byte[3 * values.length];
    for (int p = 0; p < values.length; p++) {
      int level = level(values[p], scale);
      // The square root shows faint regions too; zero stays zero.
      double cover = MAX_COVER * Math.sqrt(level / 255.0);
      for (int c = 0; c < 3; c++) {
        int shown = in[p * channels + (channels == 1 ? 0 : c)] & 0xFF;
        int hot = COLORS[3 * level + c] & 0xFF;
        out[3 * p + c] = (byte) Math.round(shown + cover * (hot - shown));
      }
    }
    return new PixelImage(3, image.height(), image.width(), out);
  }

  /**
   * The map alone in inferno's colours.
   *
   * @param map {@code float[1][H][W]}
   * @param scale the value that gets the hottest colour, positive
   * @return {@code uint8[H][W][3]}
   */
  public static PixelImage render(FloatImage map, float scale) {
    float[] values = fitted(map, map.height(), map.width(), scale);
    byte[] out = new byte[3 * values.length];
    for (int p = 0; p < values.length; p++) {
      System.arraycopy(COLORS, 3 * level(values[p], scale), out, 3 * p, 3);
    }
    return new PixelImage(3, map.height(), map.width(), out);
  }

  /** Inferno's colour for a share 0..1 of the scale, as {@code 0xRRGGBB}; for legends. */
  public static int color(float share) {
    int level = level(share, 1);
    return (COLORS[3 * level] & 0xFF) << 16
        | (COLORS[3 * level + 1] & 0xFF) << 8
        | (COLORS[3 * level + 2] & 0xFF);
  }

  private static float[] fitted(FloatImage map, int height, int width, float scale) {
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw new IllegalArgumentException("a heat map's scale must be positive, got " + scale);
    }
    if (map.channels() != 1) {
      throw new IllegalArgumentException(
          "an anomaly map has 1 channel, got one of " + map.channels());
    }
    return map.height() == height && map.width() == width
        ? map.values()
        : BilinearUpsampling.resize(map, height, width).values();
  }

  /** 0..255; a NaN is as hot as can be, so that it is seen. */
  private static int level(float value, float scale) {
    if (Float.isNaN(value)) {
      return 255;
    }
    return Math.round(255 * Math.max(0, Math.min(1, value / scale)));
  }

  private static byte[] colors() {
    byte[] colors = new byte[3 * 256];
    for (int level = 0; level < 256; level++) {
      for (int c = 0; c < 3; c++) {
        double t = level / 255.0;
        double v = 0;
        for (int power = 6; power >= 0; power--) {
          v = v * t + INFERNO[c][power];
        }
        colors[3 * level + c] = (byte) Math.round(255 * Math.max(0, Math.min(1, v)));
      }
    }
    return colors;
  }
}
