package org.fairspark.corruption;

import java.util.Arrays;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * A small defect for judging detectors by, not for training: a stain of two tones, a texture or a
 * part of the image itself (CutPaste), inside a blob, a scratch or a rectangle, at an opacity that
 * makes it more or less easy to see.
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

  private static final double MIN_LENGTH = 0.1;
  private static final double MAX_LENGTH = 0.6;
  private static final double MIN_BREADTH = 0.01;
  private static final double MAX_BREADTH = 0.05;

  /** Largest change of a stain's tones, in gray values. */
  private static final int MAX_LIGHTER = 120;

  /** A stain's noise has 2^0 to 2^(this - 1) cells along a side. */
  private static final int MAX_CELLS = 6;

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
      int kind = random.nextInt(4);
      boolean[] mask =
          kind == 0
              ? rectangle(clean.height(), clean.width(), random)
              : kind == 1
                  ? scratch(clean.height(), clean.width(), random)
                  : blob(clean.height(), clean.width(), random);
      PixelImage other = kind == 0 || kind == 2 ? rolled(clean, random) : stain(clean, random);
      if (kind == 2) {
        List<TextureAugmenter> augmenters = TextureAugmenter.draw(true, random);
        other = TextureAugmenter.applyAll(augmenters, other, random);
      }
      if (isGray(clean)) {
        other = gray(other);
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

  /** Returns whether an image has no colours, so that any colour would be seen at once. */
  private static boolean isGray(PixelImage image) {
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i += 3) {
      if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) {
        return false;
      }
    }
    return true;
  }

  private static PixelImage gray(PixelImage image) {
    byte[] gray = image.pixels().clone();
    for (int i = 0; i < gray.length; i += 3) {
      int mean = ((gray[i] & 0xFF) + (gray[i + 1] & 0xFF) + (gray[i + 2] & 0xFF)) / 3;
      gray[i] = gray[i + 1] = gray[i + 2] = (byte) mean;
    }
    return new PixelImage(3, image.height(), image.width(), gray);
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
      int y = p / width;
      double down = y - row;
      double across = p - y * width - column;
      disc[p] = down * down + across * across <= radius * radius;
      blob[p] = disc[p] && noise[p];
      covered += blob[p] ? 1 : 0;
    }
    return covered >= MIN_AREA * disc.length ? blob : disc;
  }

  /** A straight band from somewhere to somewhere. */
  private static boolean[] scratch(int height, int width, SeededRandom random) {
    int side = Math.min(height, width);
    double row = random.nextDouble(0, height);
    double column = random.nextDouble(0, width);
    double angle = random.nextDouble(0, Math.PI);
    double along = side * random.nextDouble(MIN_LENGTH, MAX_LENGTH) / 2;
    double beside = Math.max(0.5, side * random.nextDouble(MIN_BREADTH, MAX_BREADTH) / 2);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    boolean[] mask = new boolean[height * width];
    for (int p = 0; p < mask.length; p++) {
      int y = p / width;
      double down = y - row;
      double across = p - y * width - column;
      mask[p] =
          Math.abs(cos * down + sin * across) <= along
              && Math.abs(cos * across - sin * down) <= beside;
    }
    return mask;
  }

  /** Two tones, each that of a pixel of the image made lighter or darker, mixed by Perlin noise. */
  private static PixelImage stain(PixelImage image, SeededRandom random) {
    int height = image.height();
    int width = image.width();
    int[][] tones = {tone(image, random), tone(image, random)};
    int cells = Math.min(1 << random.nextInt(MAX_CELLS), Math.min(height, width) / 2);
    double[] corners = new double[(cells + 1) * (cells + 1)];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = random.nextDouble();
    }
    double[] noise = PerlinNoise.noise(corners, cells, cells, height, width);
    byte[] pixels = new byte[3 * noise.length];
    for (int i = 0; i < pixels.length; i++) {
      double share = Math.max(0, Math.min(1, (noise[i / 3] + 1) / 2));
      pixels[i] = (byte) Math.round(share * tones[0][i % 3] + (1 - share) * tones[1][i % 3]);
    }
    return new PixelImage(3, height, width, pixels);
  }

  private static int[] tone(PixelImage image, SeededRandom random) {
    int row = random.nextInt(image.height());
    int column = random.nextInt(image.width());
    int lighter = random.nextInt(-MAX_LIGHTER, MAX_LIGHTER + 1);
    int[] tone = new int[3];
    for (int c = 0; c < 3; c++) {
      tone[c] = Math.max(0, Math.min(255, image.at(row, column, c) + lighter));
    }
    return tone;
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
