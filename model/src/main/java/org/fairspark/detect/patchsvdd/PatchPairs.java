package org.fairspark.detect.patchsvdd;

import org.fairspark.detect.PatchSample;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Window;
import org.fairspark.random.SeededRandom;

/**
 * The maker of what the network learns from: a large patch from anywhere in a normal image, one of
 * eight beside it, one a pixel or two from it, and a small patch beside its first quadrant.
 *
 * @param side of a small patch, in pixels
 */
record PatchPairs(int side) {
  /** Deviation of the noise in patches that lie beside others, and of their change of colour. */
  private static final double NOISE = 0.02;

  /** Rows and columns of the eight places around one. */
  private static final int[][] DIRECTIONS = {
    {-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}
  };

  /**
   * Makes a sample.
   *
   * @param image a normal image, {@code uint8[H][W][3]}
   * @param seed decides everything
   */
  PatchSample make(PixelImage image, long seed) {
    SeededRandom random = new SeededRandom(seed);
    FloatImage whole = image.toFloat();
    Values target = new Values(27 * side * side + 2 * PatchSvddNetwork.POSITIONS);

    int position = random.nextInt(PatchSvddNetwork.POSITIONS);
    int[] step = step(position, 2 * side, random);
    int top = start(step[0], image.height() - 2 * side, random);
    int left = start(step[1], image.width() - 2 * side, random);
    target.add(
        changed(
            quadrants(
                whole,
                inside(top + step[0], image.height()),
                inside(left + step[1], image.width())),
            random));

    int reach = Math.max(1, 2 * side / 32);
    int down = 0;
    int across = 0;
    while (down == 0 && across == 0) {
      down = random.nextInt(-reach, reach + 1);
      across = random.nextInt(-reach, reach + 1);
    }
    target.add(
        quadrants(whole, inside(top + down, image.height()), inside(left + across, image.width())));

    int smallPosition = random.nextInt(PatchSvddNetwork.POSITIONS);
    int[] smallStep = step(smallPosition, side, random);
    int row = Math.max(0, Math.min(image.height() - side, top + smallStep[0]));
    int column = Math.max(0, Math.min(image.width() - side, left + smallStep[1]));
    target.add(changed(window(whole, row, column), random));
    target.add(one(position));
    target.add(one(smallPosition));
    return new PatchSample(quadrants(whole, top, left), target.all);
  }

  /** Draws how far a neighbour lies, down and across: three quarters of a side, or up to one. */
  private static int[] step(int position, int length, SeededRandom random) {
    int[] step = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      int size = 3 * length / 4 + random.nextInt(length / 4);
      step[axis] = DIRECTIONS[position][axis] * size;
    }
    return step;
  }

  /** Draws where a patch begins whose neighbour lies in the image as well, if there is room. */
  private static int start(int step, int room, SeededRandom random) {
    int low = Math.max(0, -step);
    int high = Math.min(room, room - step);
    return low <= high ? random.nextInt(low, high + 1) : random.nextInt(room + 1);
  }

  private int inside(int start, int length) {
    return Math.max(0, Math.min(length - 2 * side, start));
  }

  private float[] window(FloatImage image, int top, int left) {
    return Window.of(image, top, left, ImageSize.square(side)).values();
  }

  /**
   * Returns the quadrants of a large patch, which is what the network takes.
   *
   * @return {@code float[4][3][side][side]}
   */
  float[] quadrants(FloatImage image, int top, int left) {
    Values quadrants = new Values(3 * PatchSvddNetwork.QUADRANTS * side * side);
    for (int i = 0; i < PatchSvddNetwork.QUADRANTS; i++) {
      quadrants.add(window(image, top + i / 2 * side, left + i % 2 * side));
    }
    return quadrants.all;
  }

  /** Changes the colours of patches by one amount each, and adds noise. */
  private float[] changed(float[] patches, SeededRandom random) {
    double[] shift = new double[3];
    for (int c = 0; c < 3; c++) {
      shift[c] = NOISE * random.nextGaussian();
    }
    for (int i = 0; i < patches.length; i++) {
      patches[i] += (float) (shift[i / (side * side) % 3] + NOISE * random.nextGaussian());
    }
    return patches;
  }

  private static float[] one(int position) {
    float[] one = new float[PatchSvddNetwork.POSITIONS];
    one[position] = 1;
    return one;
  }

  /** Arrays one after the other. */
  private static final class Values {
    private final float[] all;
    private int at;

    Values(int length) {
      all = new float[length];
    }

    void add(float[] part) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
  }
}
