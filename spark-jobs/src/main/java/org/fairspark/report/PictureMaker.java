package org.fairspark.report;

import java.util.Arrays;
import org.fairspark.anomaly.HeatMap;
import org.fairspark.anomaly.Outlines;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;

/** Arrays as pictures for galleries, encoded as PNG. Pure functions. */
public final class PictureMaker {
  /** Share of high-pass values on either side that may be cut off, so that one spark dims none. */
  private static final double CUT = 0.002;

  private static final int OUTLINE_REACH = 2;
  private static final int[] OUTLINE = {255, 64, 160};

  private PictureMaker() {}

  /** Encodes the image as it is. */
  public static byte[] picture(PixelImage image) {
    return PngEncoder.encode(image);
  }

  /**
   * Encodes a restoration, clipped to the range of a picture.
   *
   * @param restored {@code float[3][H][W]}, RGB; values outside [0,1] are clipped
   */
  public static byte[] restoration(FloatImage restored) {
    return PngEncoder.encode(restored.toPixels());
  }

  /**
   * Encodes the network's input. High-pass values become gray, zero in the middle, the same range
   * to both sides, the widest few cut off. Of two channels (two gradients) the mean is shown. Three
   * channels (no filter) are the colour image itself.
   *
   * @param input {@code float[channels][H][W]}
   */
  public static byte[] highPass(FloatImage input) {
    if (input.channels() == 3) {
      return restoration(input);
    }
    int plane = input.height() * input.width();
    float[] mean = new float[plane];
    for (int c = 0; c < input.channels(); c++) {
      for (int p = 0; p < plane; p++) {
        mean[p] += input.values()[c * plane + p] / input.channels();
      }
    }
    float range = range(mean);
    byte[] gray = new byte[plane];
    for (int p = 0; p < plane; p++) {
      float share = Math.max(-1, Math.min(1, mean[p] / range));
      gray[p] = (byte) Math.round(127.5f + 127.5f * share);
    }
    return PngEncoder.encode(new PixelImage(1, input.height(), input.width(), gray));
  }

  private static float range(float[] values) {
    float[] sizes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      sizes[i] = Math.abs(values[i]);
    }
    Arrays.sort(sizes);
    float range = sizes[(int) Math.round((sizes.length - 1) * (1 - CUT))];
    return range > 0 ? range : 1;
  }

  /**
   * Encodes an anomaly map over its image.
   *
   * @param image {@code uint8[H][W][3]}, RGB
   * @param map {@code float[1][H][W]}
   * @param calm map value up to which the image stays as it is: what normal pixels usually have
   * @param hot map value of the hottest colour; the same for a category's images, so that they
   *     compare
   * @throws IllegalArgumentException if {@code hot} is not above {@code calm}
   */
  public static byte[] heatMap(PixelImage image, FloatImage map, float calm, float hot) {
    return heatMap(image, map, calm, hot, null, null);
  }

  /**
   * Encodes an anomaly map over its image, as above, with what is not inspected darkened and a line
   * around what was found.
   *
   * @param inside {@code boolean[H][W]} of the map, whether a pixel is inspected; null for all
   * @param found {@code boolean[H][W]} of the map; null where no threshold finds anything
   */
  public static byte[] heatMap(
      PixelImage image, FloatImage map, float calm, float hot, boolean[] inside, boolean[] found) {
    if (!(hot > calm)) {
      throw new IllegalArgumentException(
          "the hottest map value must be above the calm one, got %s and %s".formatted(hot, calm));
    }
    float[] risen = new float[map.values().length];
    for (int i = 0; i < risen.length; i++) {
      risen[i] = Math.max(0, map.values()[i] - calm);
    }
    FloatImage shifted = new FloatImage(1, map.height(), map.width(), risen);
    PixelImage picture = HeatMap.overlay(image, shifted, hot - calm);
    if (inside != null) {
      picture = Outlines.veiled(picture, inside, map.width());
    }
    return PngEncoder.encode(
        found == null ? picture : Outlines.around(picture, found, map.width()));
  }

  /**
   * Encodes a mask as an outline on its image: magenta around what is marked, the rest dimmed.
   *
   * @param image {@code uint8[H][W][3]}, RGB
   * @param mask {@code uint8[H][W][1]} of the same size; not zero is marked
   * @throws IllegalArgumentException if the sizes differ
   */
  public static byte[] maskOutline(PixelImage image, PixelImage mask) {
    int height = image.height();
    int width = image.width();
    if (mask.height() != height || mask.width() != width) {
      throw new IllegalArgumentException(
          "mask of %d x %d on an image of %d x %d"
              .formatted(mask.height(), mask.width(), height, width));
    }
    byte[] out = new byte[height * width * 3];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        boolean inside = mask.at(row, column, 0) != 0;
        boolean rim = !inside && nearMarked(mask, row, column);
        for (int c = 0; c < 3; c++) {
          int shown = image.at(row, column, image.channels() == 1 ? 0 : c);
          int value = rim ? OUTLINE[c] : inside ? shown : shown * 6 / 10;
          out[(row * width + column) * 3 + c] = (byte) value;
        }
      }
    }
    return PngEncoder.encode(new PixelImage(3, height, width, out));
  }

  private static boolean nearMarked(PixelImage mask, int row, int column) {
    int lastRow = Math.min(mask.height() - 1, row + OUTLINE_REACH);
    int lastColumn = Math.min(mask.width() - 1, column + OUTLINE_REACH);
    for (int r = Math.max(0, row - OUTLINE_REACH); r <= lastRow; r++) {
      for (int c = Math.max(0, column - OUTLINE_REACH); c <= lastColumn; c++) {
        if (mask.at(r, c, 0) != 0) {
          return true;
        }
      }
    }
    return false;
  }
}
