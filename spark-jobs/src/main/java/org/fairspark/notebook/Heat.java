package org.fairspark.notebook;

/**
 * A scale of colours whose lightness rises evenly, so that it reads in gray and to the colour-blind
 * too: Matplotlib's "inferno" at nine places, linear between them.
 */
final class Heat {
  private static final int[] PLACES = {
    0x000004, 0x1B0C41, 0x4A0C6B, 0x781C6D, 0xA52C60, 0xCF4446, 0xED6925, 0xFB9B06, 0xFCFFA4,
  };

  private Heat() {}

  /** The colour of a share, 0..1. */
  static int color(double share) {
    double place = share * (PLACES.length - 1);
    int below = Math.min((int) place, PLACES.length - 2);
    return mix(PLACES[below], PLACES[below + 1], place - below);
  }

  /** Between two colours. */
  static int mix(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int a = from >> shift & 0xFF;
      int b = to >> shift & 0xFF;
      mixed |= (int) Math.round(a + (b - a) * share) << shift;
    }
    return mixed;
  }
}
