package org.fairspark.corruption;

import java.util.Arrays;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * The large CutPaste (paper section 3.1): a patch of the image itself, of more than half its area
 * according to the paper, pasted elsewhere.
 *
 * @param top first row of the patch in the image
 * @param left first column
 * @param height rows of the patch
 * @param width columns of the patch
 * @param radians clockwise rotation of the patch about its top left corner; pixels that leave the
 *     patch are lost
 * @param row the image row that its first row is pasted at
 * @param column the image column that its first column is pasted at
 */
record CutPaste(int top, int left, int height, int width, int radians, int row, int column) {
  /** Two pi as the reference code rounds it, which takes radians for what was meant as degrees. */
  private static final int MAX_RADIANS = 6;

  private static final double MIN_SIDE = 0.8;
  private static final double MAX_SIDE = 0.9;

  /** Just above the square root of one half, so that the patch covers more than half the image. */
  private static final double MIN_INTACT_SIDE = 0.71;

  /** Draws the parameters for an image's size. */
  static CutPaste draw(CutPasteStyle style, int height, int width, SeededRandom random) {
    return switch (style) {
      case REFERENCE -> drawReference(height, width, random);
      case PAPER -> drawIntact(height, width, random);
    };
  }

  /**
   * Draws as the reference code does: a corner anywhere; sides of 0.8 to 0.9 of the image's, made
   * even and truncated at its border; whole radians; and a position below the first row and right
   * of the first column.
   */
  private static CutPaste drawReference(int imageHeight, int imageWidth, SeededRandom random) {
    int top = random.nextInt(imageHeight);
    int height = drawEvenSide(imageHeight, random);
    int left = random.nextInt(imageWidth);
    int width = drawEvenSide(imageWidth, random);
    int patchHeight = Math.min(height, imageHeight - top);
    int patchWidth = Math.min(width, imageWidth - left);
    int radians = random.nextInt(-MAX_RADIANS, MAX_RADIANS);
    int row = drawPosition(imageHeight - patchHeight - 1, random);
    int column = drawPosition(imageWidth - patchWidth - 1, random);
    return new CutPaste(top, left, patchHeight, patchWidth, radians, row, column);
  }

  private static int drawEvenSide(int side, SeededRandom random) {
    int min = (int) Math.rint(side * MIN_SIDE);
    int max = (int) Math.rint(side * MAX_SIDE);
    int drawn = random.nextInt(min, Math.max(min + 1, max));
    return Math.max(1, drawn - drawn % 2);
  }

  /** Draws from 1 to below the end; 0 if there is no room. */
  private static int drawPosition(int end, SeededRandom random) {
    return end > 1 ? random.nextInt(1, end) : 0;
  }

  /**
   * Draws an intact patch with sides of 0.71 to 0.9 of the image's, hence 0.50 to 0.81 of its area,
   * from anywhere to anywhere else.
   */
  private static CutPaste drawIntact(int imageHeight, int imageWidth, SeededRandom random) {
    int height = drawIntactSide(imageHeight, random);
    int width = drawIntactSide(imageWidth, random);
    int roomDown = imageHeight - height + 1;
    int roomAcross = imageWidth - width + 1;
    int positions = roomDown * roomAcross;
    int from = random.nextInt(positions);
    // Any position but the patch's own.
    int to = positions == 1 ? from : (from + random.nextInt(1, positions)) % positions;
    return new CutPaste(
        from / roomAcross, from % roomAcross, height, width, 0, to / roomAcross, to % roomAcross);
  }

  private static int drawIntactSide(int side, SeededRandom random) {
    int min = (int) Math.ceil(side * MIN_INTACT_SIDE);
    int max = (int) Math.floor(side * MAX_SIDE);
    return Math.min(side, max > min ? random.nextInt(min, max + 1) : min);
  }

  /**
   * Pastes the patch into a copy of the image, with hard edges.
   *
   * @return {@code float[3][H][W]} in [0,1]
   */
  FloatImage apply(PixelImage image) {
    int imageWidth = image.width();
    float[] patch = new float[height * width * 3];
    for (int y = 0, i = 0; y < height; y++) {
      int p = ((top + y) * imageWidth + left) * 3;
      for (int x = 0; x < 3 * width; x++) {
        patch[i++] = (image.pixels()[p++] & 0xFF) / 255f;
      }
    }
    if (radians != 0) {
      patch = Warp.rotateAboutCorner(patch, height, width, radians);
    }
    FloatImage corrupted = image.toFloat();
    float[] values = corrupted.values();
    int plane = image.height() * imageWidth;
    for (int y = 0, i = 0; y < height; y++) {
      int p = (row + y) * imageWidth + column;
      for (int x = 0; x < width; x++, p++) {
        values[p] = patch[i++];
        values[plane + p] = patch[i++];
        values[2 * plane + p] = patch[i++];
      }
    }
    return corrupted;
  }

  /**
   * Returns the mask of the rectangle that is pasted over, {@code
   * boolean[imageHeight][imageWidth]}.
   */
  boolean[] mask(int imageHeight, int imageWidth) {
    boolean[] mask = new boolean[imageHeight * imageWidth];
    for (int y = row; y < row + height; y++) {
      Arrays.fill(mask, y * imageWidth + column, y * imageWidth + column + width, true);
    }
    return mask;
  }
}
