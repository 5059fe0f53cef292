package org.fairspark.job.prepare;

import org.fairspark.config.DataLayout;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.DecodedImage;

/**
 * The meanings that the values of a mask file can have. In every layout a mask of two values is
 * black and white, whichever two they are, and a mask of small numbers holds classes of defects.
 * Both become 0 and 255 before the mask is resized, so that its edges are those of any other mask.
 */
enum MaskCoding {
  /** 0 is normal, everything else a class of defect: VisA, whose masks look black to the eye. */
  CLASSES,
  /** Classes if no value reaches 128; otherwise 0 is normal, 255 anomalous, between is an edge. */
  EITHER;

  private static final int WHITE = 255;
  private static final int FIRST_GRAY = 128;

  /** The most pixels of a lossy mask of two values that are near neither. */
  private static final double BETWEEN = 0.1;

  static MaskCoding of(DataLayout layout) {
    return switch (layout) {
      case VISA, MVTEC_LOCO, AUTOVI -> CLASSES;
      case MVTEC,
          MPDD,
          THREE_CAD,
          FOLDER,
          MVTEC_AD2,
          BTAD,
          KOLEKTOR_SDD,
          KOLEKTOR_SDD2,
          DAGM,
          REAL_IAD,
          MAGNETIC_TILE,
          MANIFEST,
          AUTO ->
          EITHER;
    };
  }

  /**
   * A mask that says 255 for anomalous.
   *
   * @param pixels {@code uint8[H][W][1]}
   * @param twoValues whether it had two values that were not 0 and 255
   * @param withoutWhite whether it has gray levels and no white
   * @param coversHalf whether more than half of it is anomalous
   */
  record Normalized(
      PixelImage pixels, boolean twoValues, boolean withoutWhite, boolean coversHalf) {}

  /** Returns the mask with 255 for anomalous; may change and return the pixels given. */
  Normalized normalize(DecodedImage mask) {
    byte[] values = mask.pixels().pixels();
    int[] counts = new int[256];
    for (byte value : values) {
      counts[value & 0xFF]++;
    }
    int lowest = 0;
    while (counts[lowest] == 0) {
      lowest++;
    }
    int highest = WHITE;
    int levels = 0;
    while (counts[highest] == 0) {
      highest--;
    }
    for (int count : counts) {
      levels += count > 0 ? 1 : 0;
    }
    boolean two =
        levels == 2
            || (mask.lossy() && levels > 1 && isNearTwo(counts, lowest, highest, values.length));
    int first = two ? (lowest + highest + 1) / 2 : 1;
    boolean gray = !two && this == EITHER && highest >= FIRST_GRAY && levels > 1;
    if (!gray) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) ((values[i] & 0xFF) >= first ? WHITE : 0);
      }
    }
    long anomalous = 0;
    for (int v = gray ? FIRST_GRAY : first; v < counts.length; v++) {
      anomalous += counts[v];
    }
    return new Normalized(
        mask.pixels(),
        two && (levels > 2 || !isMeant(lowest, highest)),
        gray && highest < WHITE,
        2 * anomalous > values.length);
  }

  /**
   * Returns a mask of all pixels that do not have the colour of what is normal.
   *
   * @param background the colour, {@code 0xRRGGBB}
   * @param mask {@code uint8[H][W][3]}
   */
  static Normalized unlike(int background, PixelImage mask) {
    byte[] colors = mask.pixels();
    byte[] values = new byte[mask.height() * mask.width()];
    int anomalous = 0;
    for (int i = 0; i < values.length; i++) {
      int at = 3 * i;
      int color =
          (colors[at] & 0xFF) << 16 | (colors[at + 1] & 0xFF) << 8 | (colors[at + 2] & 0xFF);
      if (color != background) {
        values[i] = (byte) WHITE;
        anomalous++;
      }
    }
    return new Normalized(
        new PixelImage(1, mask.height(), mask.width(), values),
        false,
        false,
        2L * anomalous > values.length);
  }

  /** Returns whether two values are what the layout's masks have. */
  private boolean isMeant(int lowest, int highest) {
    return lowest == 0 && (highest == WHITE || this == CLASSES);
  }

  /** Returns whether nearly all pixels are in the lowest or the highest quarter of the range. */
  private static boolean isNearTwo(int[] counts, int lowest, int highest, int pixels) {
    int quarter = (highest - lowest) / 4;
    long between = 0;
    for (int v = lowest + quarter + 1; v < highest - quarter; v++) {
      between += counts[v];
    }
    return between <= BETWEEN * pixels;
  }
}
