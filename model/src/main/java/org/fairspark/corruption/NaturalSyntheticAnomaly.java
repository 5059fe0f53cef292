package org.fairspark.corruption;

import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.random.SeededRandom;

/**
 * Natural synthetic anomalies (Schlüter, Tan, Hou and Kainz 2022), which the authors of FAIR added
 * after the paper: patches of another normal image, resized and Poisson-blended.
 *
 * <p>Deviations from the reference code:
 *
 * <ol>
 *   <li>One set of parameters for every category, the one that the code uses for textures and for
 *       all of VisA; its tables for single categories of MVTec AD are left out.
 *   <li>Patches have the channel order of the image; the code reads the source as RGB and the image
 *       as BGR.
 *   <li>No category is rotated, and no object mask bounds the patches.
 * </ol>
 */
final class NaturalSyntheticAnomaly {
  private static final int MAX_PATCHES = 4;

  // Half the side of a patch, as a fraction of the image's.
  private static final double MIN_HALF_SIDE = 0.03;

  private static final double MAX_HALF_SIDE = 0.4;
  private static final double GAMMA_SCALE = 0.05;
  private static final double MIN_SCALE = 0.5;
  private static final double MAX_SCALE = 2;
  private static final double SCALE_DEVIATION = 0.5;

  private NaturalSyntheticAnomaly() {}

  /** The image with its number of patches. */
  record Result(PixelImage image, int patches) {}

  /**
   * Blends one to four patches into a copy of an image.
   *
   * <p>Draws: the source image, whether it is flipped; for each patch half its height and width,
   * its position in the source, its scale, its position in the image, and whether another follows.
   *
   * @param image {@code uint8[H][W][3]}
   * @param normals source of the patches
   * @param mask {@code boolean[H][W]}, set to true where patches are blended in
   */
  static Result apply(
      PixelImage image, TextureSource normals, boolean[] mask, SeededRandom random) {
    int height = image.height();
    int width = image.width();
    PixelImage source = Resize.bilinear(normals.texture(random), height, width);
    if (random.nextBoolean()) {
      source = flip(source);
    }
    PixelImage changed = new PixelImage(3, height, width, image.pixels().clone());
    int patches = 0;
    do {
      addPatch(changed, source, mask, random);
      patches++;
    } while (random.nextBoolean() && patches < MAX_PATCHES);
    return new Result(changed, patches);
  }

  private static void addPatch(
      PixelImage image, PixelImage source, boolean[] mask, SeededRandom random) {
    int height = image.height();
    int width = image.width();
    int patchHeight = drawSide(height, random);
    int patchWidth = drawSide(width, random);
    int top = random.nextInt(height - patchHeight + 1);
    int left = random.nextInt(width - patchWidth + 1);
    double scale =
        Math.max(MIN_SCALE, Math.min(MAX_SCALE, 1 + SCALE_DEVIATION * random.nextGaussian()));
    PixelImage patch =
        Resize.bilinear(
            crop(source, top, left, patchHeight, patchWidth),
            scaled(patchHeight, scale, height),
            scaled(patchWidth, scale, width));
    int row = random.nextInt(height - patch.height() + 1);
    int column = random.nextInt(width - patch.width() + 1);
    PoissonBlend.blend(image, patch, row, column, PoissonBlend.Gradients.STEEPER);
    for (int y = row + 1; y < row + patch.height() - 1; y++) {
      Arrays.fill(mask, y * width + column + 1, y * width + column + patch.width() - 1, true);
    }
  }

  /** Draws a side, twice a half side that is gamma-distributed with shape 2. */
  private static int drawSide(int side, SeededRandom random) {
    double gamma =
        -GAMMA_SCALE
            * (StrictMath.log(1 - random.nextDouble()) + StrictMath.log(1 - random.nextDouble()));
    double half = Math.min(MAX_HALF_SIDE, MIN_HALF_SIDE + gamma) * side;
    return Math.max(3, Math.min(side, 2 * (int) half));
  }

  private static int scaled(int side, double scale, int max) {
    return Math.max(3, Math.min(max, (int) Math.rint(scale * side)));
  }

  private static PixelImage crop(PixelImage image, int top, int left, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          image.pixels(), ((top + y) * image.width() + left) * 3, pixels, 3 * y * width, 3 * width);
    }
    return new PixelImage(3, height, width, pixels);
  }

  /** Turns an image upside down. */
  private static PixelImage flip(PixelImage image) {
    int stride = 3 * image.width();
    byte[] pixels = new byte[image.pixels().length];
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(
          image.pixels(), y * stride, pixels, (image.height() - 1 - y) * stride, stride);
    }
    return new PixelImage(3, image.height(), image.width(), pixels);
  }
}
