package org.fairspark.corruption;

import java.util.Arrays;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/**
 * The label of each pixel of a corrupted image: how much it was changed, from 0 (not at all) to 1
 * (for everyone to see).
 *
 * <p>Source: Schlüter et al., Natural Synthetic Anomalies (ECCV 2022), section 3.3 and its
 * reference code: pixels that changed by more than one gray value, without single ones among them;
 * their change, the mean over the channels, is smoothed by a median and goes through a logistic
 * function.
 *
 * <p>Deviation: the logistic function is one for all categories, that of half of the paper's
 * objects; the paper chooses one for each by its contrast.
 */
public final class DifferenceLabel {
  /** The largest change that is none, as a sum over three channels: one gray value on the mean. */
  private static final int TOLERANCE = 3;

  /** Half the side of the square in which most pixels must have changed. */
  private static final int HALF_SIDE = 2;

  /** Radius of the disc that the median of the change is taken of. */
  private static final int RADIUS = 5;

  /** Steepness of the logistic function, by one gray value. */
  private static final double STEEPNESS = 1 / 6.0;

  /** Change of half a label, in gray values. */
  private static final double MIDDLE = 15;

  private DifferenceLabel() {}

  /**
   * Labels the pixels.
   *
   * @param clean {@code uint8[H][W][3]}
   * @param corrupted {@code float[3][H][W]}, RGB in [0,1]
   * @return {@code uint8[H][W]}: 255 is 1
   * @throws IllegalArgumentException if the sizes differ
   */
  public static byte[] of(PixelImage clean, FloatImage corrupted) {
    int height = clean.height();
    int width = clean.width();
    if (corrupted.height() != height || corrupted.width() != width) {
      throw new IllegalArgumentException(
          "an image of %d x %d cannot be compared with one of %d x %d"
              .formatted(height, width, corrupted.height(), corrupted.width()));
    }
    int[] changes = changes(clean, corrupted);
    boolean[] changed = changed(changes, height, width);
    for (int p = 0; p < changes.length; p++) {
      changes[p] = changed[p] ? changes[p] : 0;
    }
    byte[] labels = new byte[changes.length];
    for (int p = 0; p < labels.length; p++) {
      if (changed[p]) {
        double change = median(changes, height, width, p) / 3.0;
        labels[p] = (byte) Math.round(255 / (1 + StrictMath.exp(-STEEPNESS * (change - MIDDLE))));
      }
    }
    return labels;
  }

  /** Returns the sums over the channels of the changes in gray values, {@code int[H][W]}. */
  private static int[] changes(PixelImage clean, FloatImage corrupted) {
    int plane = clean.height() * clean.width();
    int[] changes = new int[plane];
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < plane; p++) {
        int now = Math.round(corrupted.values()[c * plane + p] * 255);
        changes[p] += Math.abs(now - (clean.pixels()[3 * p + c] & 0xFF));
      }
    }
    return changes;
  }

  /** Returns the pixels in whose neighbourhood most have changed; what lies outside is the edge. */
  private static boolean[] changed(int[] changes, int height, int width) {
    int side = 2 * HALF_SIDE + 1;
    boolean[] changed = new boolean[changes.length];
    for (int y = 0, p = 0; y < height; y++) {
      for (int x = 0; x < width; x++, p++) {
        int count = 0;
        for (int dy = -HALF_SIDE; dy <= HALF_SIDE; dy++) {
          int row = within(y + dy, height) * width;
          for (int dx = -HALF_SIDE; dx <= HALF_SIDE; dx++) {
            count += changes[row + within(x + dx, width)] > TOLERANCE ? 1 : 0;
          }
        }
        changed[p] = 2 * count > side * side;
      }
    }
    return changed;
  }

  private static int median(int[] changes, int height, int width, int place) {
    int[] around = new int[(2 * RADIUS + 1) * (2 * RADIUS + 1)];
    int count = 0;
    for (int dy = -RADIUS; dy <= RADIUS; dy++) {
      int row = within(place / width + dy, height) * width;
      for (int dx = -RADIUS; dx <= RADIUS; dx++) {
        if (dy * dy + dx * dx <= RADIUS * RADIUS) {
          around[count++] = changes[row + within(place % width + dx, width)];
        }
      }
    }
    Arrays.sort(around, 0, count);
    return around[count / 2];
  }

  private static int within(int at, int length) {
    return Math.max(0, Math.min(length - 1, at));
  }
}
