package org.fairspark.corruption;

import java.util.Arrays;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * A small defect for judging detectors by, not for training: a part of the image that shows another
 * part of it, changed like a texture or as it is (CutPaste), through a blob or a rectangle, at an
 * opacity that makes it more or less easy to see.
 *
 * <p>It differs from the samples of {@link Corruptor} in that it is local, as most real defects
 * are, and never without effect: what would change the image by less than two gray values on the
 * mean is drawn again.
 */
public final class LocalDefect {
  private static final double MIN_RADIUS = 0.06;
  private static final double MAX_RADIUS = 0.3;

  /** Least fraction of the image that a blob covers; otherwise its whole disc is taken. */
  private static final double MIN_AREA = 0.001;

  private static final double MIN_SIDE = 0.08;
  private static final double MAX_SIDE = 0.35;

  /** Least mean change inside the mask, in [0,1]. */
  private static final double MIN_CHANGE = 2 / 255.0;

  private static final int MAX_DRAWS = 10;

  private LocalDefect() {}

  /**
   * Makes an image with a defect.
   *
   * @param clean a normal image, {@code uint8[H][W][3]}
   * @param opacity of the defect, in (0, 1]
   * @param random decides all the rest
   */
  public static PixelImage apply(PixelImage clean, double opacity, SeededRandom random) {
    PixelImage defective = clean;
    for (int draw = 0; draw < MAX_DRAWS; draw++) {
      boolean cutPaste = random.nextBoolean();
      boolean[] mask =
          cutPaste
              ? rectangle(clean.height(), clean.width(), random)
              : blob(clean.height(), clean.width(), random);
      PixelImage other = rolled(clean, random);
      if (!cutPaste) {
        List<TextureAugmenter> augmenters = TextureAugmenter.draw(true, random);
        other = TextureAugmenter.applyAll(augmenters, other, random);
      }
      FloatImage blended = clean.toFloat();
      Corruptor.blend(blended, other, mask, (float) (1 - opacity));
      defective = blended.toPixels();
      if (change(clean, defective, mask) >= MIN_CHANGE) {
        break;
      }
    }
    return defective;
  }

  /** Perlin noise inside a disc. */
  private static boolean[] blob(int height, int width, SeededRandom random) {
    boolean[] noise = PerlinNoise.mask(height, width, random);
    double row = random.nextDouble(0, height);
    double column = random.nextDouble(0, width);
    double radius = Math.min(height, width) * random.nextDouble(MIN_RADIUS, MAX_RADIUS);
    boolean[] disc = new boolean[height * width];
    boolean[] blob = new boolean[height * width];
    int covered = 0;
    for (int p = 0; p < disc.length; p++) {
      double down = p / width - row;
      double across = p % width - column;
      disc[p] = down * down + across * across <= radius * radius;
      blob[p] = disc[p] && noise[p];
      covered += blob[p] ? 1 : 0;
    }
    return covered >= MIN_AREA * disc.length ? blob : disc;
  }

  private static boolean[] rectangle(int height, int width, SeededRandom random) {
    int rows = side(height, random);
    int columns = side(width, random);
    int top = random.nextInt(height - rows + 1);
    int left = random.nextInt(width - columns + 1);
    boolean[] mask = new boolean[height * width];
    for (int r = top; r < top + rows; r++) {
      Arrays.fill(mask, r * width + left, r * width + left + columns, true);
    }
    return mask;
  }

  private static int side(int length, SeededRandom random) {
    return Math.max(1, (int) Math.round(length * random.nextDouble(MIN_SIDE, MAX_SIDE)));
  }

  /** Shifts an image by a random distance, what leaves it on one side coming back on the other. */
  private static PixelImage rolled(PixelImage image, SeededRandom random) {
    int height = image.height();
    int width = image.width();
    int down = random.nextInt(height);
    int across = 3 * random.nextInt(width);
    int stride = 3 * width;
    byte[] to = new byte[image.pixels().length];
    for (int r = 0; r < height; r++) {
      int from = (r + down) % height * stride;
      System.arraycopy(image.pixels(), from + across, to, r * stride, stride - across);
      System.arraycopy(image.pixels(), from, to, (r + 1) * stride - across, across);
    }
    return new PixelImage(3, height, width, to);
  }

  private static double change(PixelImage before, PixelImage after, boolean[] mask) {
    long sum = 0;
    long values = 0;
    for (int p = 0; p < mask.length; p++) {
      if (mask[p]) {
        for (int i = 3 * p; i < 3 * p + 3; i++) {
          sum += Math.abs((before.pixels()[i] & 0xFF) - (after.pixels()[i] & 0xFF));
          values++;
        }
      }
    }
    return values == 0 ? 0 : sum / 255.0 / values;
  }
}
