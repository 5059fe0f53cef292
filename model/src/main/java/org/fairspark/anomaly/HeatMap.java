package org.fairspark.anomaly;

import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/**
 * The rendering of anomaly maps in matplotlib's inferno, whose lightness rises evenly with the
 * value, also in print and for colour-blind readers.
 */
public final class HeatMap {
  /** Opacity of the colour of the highest values. */
  private static final double MAX_OPACITY = 0.8;

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
   * Lays the map over the image, which stays as it is where the map is zero and becomes inferno's
   * yellow where the map reaches the scale.
   *
   * @param image {@code uint8[H][W][3]}, RGB, or gray
   * @param map {@code float[1][h][w]}; resized to the image if sizes differ
   * @param scale the value that gets the brightest colour, positive
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
      // The square root makes faint regions visible; zero stays zero.
      double opacity = MAX_OPACITY * Math.sqrt(level / 255.0);
      for (int c = 0; c < 3; c++) {
        int shown = in[p * channels + (channels == 1 ? 0 : c)] & 0xFF;
        int hot = COLORS[3 * level + c] & 0xFF;
        out[3 * p + c] = (byte) Math.round(shown + opacity * (hot - shown));
      }
    }
    return new PixelImage(3, image.height(), image.width(), out);
  }

  /**
   * Renders the map alone in inferno's colours.
   *
   * @param map {@code float[1][H][W]}
   * @param scale the value that gets the brightest colour, positive
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

  /**
   * Returns inferno's colour for a fraction 0..1 of the scale, as {@code 0xRRGGBB}; for legends.
   */
  public static int color(float fraction) {
    int level = level(fraction, 1);
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

  /** Returns the index of a value's colour, 0..255; NaN gets the brightest, so that it is seen. */
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
