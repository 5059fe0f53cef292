package org.fairspark.corruption;

import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.random.SeededRandom;

/**
 * A random division of an image's square cells into three disjoint sets (RIAD, Zavrtanik et al.
 * 2021, section 3.1): each set in turn is blackened, and what is restored in its place, put
 * together, is a whole image of which no pixel was seen where it was restored.
 */
public final class CellMasks {
  /** The sides of cells, in pixels (RIAD's K). */
  public static final List<Integer> SIDES = List.of(2, 4, 8, 16);

  /** The number of sets (RIAD's n). */
  public static final int SETS = 3;

  private final int height;
  private final int width;

  /** {@code byte[height][width]}: the set of every pixel. */
  private final byte[] setOf;

  private CellMasks(int height, int width, byte[] setOf) {
    this.height = height;
    this.width = width;
    this.setOf = setOf;
  }

  /**
   * Draws a division: a random order of the cells, dealt to the sets in turn.
   *
   * @param side of a cell, in pixels, at least 1; the last row and column of cells may be cut off
   */
  public static CellMasks draw(int side, int height, int width, SeededRandom random) {
    int rows = (height + side - 1) / side;
    int columns = (width + side - 1) / side;
    int[] order = new int[rows * columns];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    random.shuffle(order);
    byte[] setOfCell = new byte[order.length];
    for (int i = 0; i < order.length; i++) {
      setOfCell[order[i]] = (byte) (i % SETS);
    }
    byte[] setOf = new byte[height * width];
    for (int y = 0, p = 0; y < height; y++) {
      for (int x = 0; x < width; x++, p++) {
        setOf[p] = setOfCell[y / side * columns + x / side];
      }
    }
    return new CellMasks(height, width, setOf);
  }

  /**
   * Returns the pixels of a set.
   *
   * @param set from 0
   * @return {@code boolean[height][width]}
   */
  public boolean[] mask(int set) {
    boolean[] mask = new boolean[setOf.length];
    for (int p = 0; p < mask.length; p++) {
      mask[p] = setOf[p] == set;
    }
    return mask;
  }

  /**
   * Returns an image in which the cells of a set are black.
   *
   * @param image {@code float[C][height][width]}
   * @param set from 0
   * @throws IllegalArgumentException if the image has another size
   */
  public FloatImage without(FloatImage image, int set) {
    requireSize(image);
    float[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      if (setOf[i % setOf.length] == set) {
        values[i] = 0;
      }
    }
    return new FloatImage(image.channels(), height, width, values);
  }

  /**
   * Copies the pixels of a set.
   *
   * @param from {@code float[C][height][width]}
   * @param set from 0
   * @param to of the same shape, changed in place
   * @throws IllegalArgumentException if one has another size
   */
  public void copy(FloatImage from, int set, FloatImage to) {
    requireSize(from);
    requireSize(to);
    for (int i = 0; i < to.values().length; i++) {
      if (setOf[i % setOf.length] == set) {
        to.values()[i] = from.values()[i];
      }
    }
  }

  private void requireSize(FloatImage image) {
    if (image.height() != height || image.width() != width) {
      throw new IllegalArgumentException(
          "masks of %d x %d for an image of %d x %d"
              .formatted(height, width, image.height(), image.width()));
    }
  }
}
