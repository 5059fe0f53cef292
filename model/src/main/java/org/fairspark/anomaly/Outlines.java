package org.fairspark.anomaly;

import org.fairspark.image.PixelImage;

/**
 * The drawing of a map's places on a picture, which may be larger than the map: lines around what
 * was found, and a veil over what is not inspected.
 */
public final class Outlines {
  /** A colour that inferno does not have: cyan. */
  private static final int[] FOUND = {0, 229, 255};

  /** The side of pictures with lines of one pixel; they grow with the picture. */
  private static final int SIDE = 256;

  private static final double VEILED = 0.45;

  private Outlines() {}

  /**
   * Draws lines along the inner edges of what was found.
   *
   * @param picture {@code uint8[H][W][3]}; not changed
   * @param found {@code boolean[h][w]} of the map
   * @param width w
   * @return {@code uint8[H][W][3]}
   */
  public static PixelImage around(PixelImage picture, boolean[] found, int width) {
    int reach = Math.max(1, Math.round((float) Math.min(picture.height(), picture.width()) / SIDE));
    byte[] pixels = picture.pixels().clone();
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        if (marked(picture, found, width, row, column)
            && isNearEdge(picture, found, width, row, column, reach)) {
          for (int c = 0; c < 3; c++) {
            pixels[(row * picture.width() + column) * 3 + c] = (byte) FOUND[c];
          }
        }
      }
    }
    return new PixelImage(3, picture.height(), picture.width(), pixels);
  }

  /**
   * Darkens what is not inspected.
   *
   * @param picture {@code uint8[H][W][3]}; not changed
   * @param inside {@code boolean[h][w]} of the map
   * @param width w
   * @return {@code uint8[H][W][3]}
   */
  public static PixelImage veiled(PixelImage picture, boolean[] inside, int width) {
    byte[] pixels = picture.pixels().clone();
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        if (!marked(picture, inside, width, row, column)) {
          for (int c = 0; c < 3; c++) {
            int p = (row * picture.width() + column) * 3 + c;
            pixels[p] = (byte) Math.round((pixels[p] & 0xFF) * VEILED);
          }
        }
      }
    }
    return new PixelImage(3, picture.height(), picture.width(), pixels);
  }

  private static boolean isNearEdge(
      PixelImage picture, boolean[] found, int width, int row, int column, int reach) {
    int lastRow = Math.min(picture.height() - 1, row + reach);
    int lastColumn = Math.min(picture.width() - 1, column + reach);
    for (int r = Math.max(0, row - reach); r <= lastRow; r++) {
      for (int c = Math.max(0, column - reach); c <= lastColumn; c++) {
        if (!marked(picture, found, width, r, c)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns whether the map's pixel that lies under one of the picture is marked. */
  private static boolean marked(PixelImage picture, boolean[] map, int width, int row, int column) {
    int height = map.length / width;
    int r = (int) ((long) row * height / picture.height());
    int c = (int) ((long) column * width / picture.width());
    return map[r * width + c];
  }
}
