package org.fairspark.detect.intra;

import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;

/**
 * The grid of square patches that an image is divided into, numbered row by row, and the windows of
 * neighbouring patches in it.
 *
 * @param rows of patches
 * @param columns of patches
 * @param side of a patch, in pixels
 */
record PatchGrid(int rows, int columns, int side) {
  /** The paper's number of patches along each side of a window. */
  private static final int WINDOW = 7;

  private static final int LARGE_IMAGE = 256;
  private static final int LARGE_SIDE = 16;
  private static final int SMALL_SIDE = 8;

  /**
   * Returns the grid of images of a size: the paper's patches of 16 pixels in images of at least
   * 256 pixels each way, of 8 pixels in smaller ones.
   *
   * @param size multiples of 16
   */
  static PatchGrid of(ImageSize size) {
    int side = size.shorter() >= LARGE_IMAGE ? LARGE_SIDE : SMALL_SIDE;
    return new PatchGrid(size.height() / side, size.width() / side, side);
  }

  int patches() {
    return rows * columns;
  }

  /** Returns the numbers of a patch: those of three channels. */
  int values() {
    return 3 * side * side;
  }

  int height() {
    return rows * side;
  }

  int width() {
    return columns * side;
  }

  /** Returns the rows of patches in a window. */
  int windowRows() {
    return Math.min(WINDOW, rows);
  }

  /** Returns the columns of patches in a window. */
  int windowColumns() {
    return Math.min(WINDOW, columns);
  }

  int windowPatches() {
    return windowRows() * windowColumns();
  }

  /** Returns how many places one of a window's patches can have beside another. */
  int offsets() {
    return (2 * windowRows() - 1) * (2 * windowColumns() - 1);
  }

  /**
   * A window with a covered patch.
   *
   * @param patches numbers of the window's patches, row by row; that of the covered one is raised
   *     by the number of all patches
   * @param offsets where each patch lies from the covered one, as a number below {@link
   *     PatchGrid#offsets}
   */
  record Window(int[] patches, int[] offsets) {}

  /**
   * Returns a window.
   *
   * @param top row of the window's first patch
   * @param left column of the window's first patch
   * @param covered number of a patch in the window
   */
  Window window(int top, int left, int covered) {
    int[] numbers = new int[windowPatches()];
    int[] offsets = new int[windowPatches()];
    for (int i = 0; i < numbers.length; i++) {
      int row = top + i / windowColumns();
      int column = left + i % windowColumns();
      int patch = row * columns + column;
      numbers[i] = patch == covered ? patch + patches() : patch;
      int down = row - covered / columns + windowRows() - 1;
      int right = column - covered % columns + windowColumns() - 1;
      offsets[i] = down * (2 * windowColumns() - 1) + right;
    }
    return new Window(numbers, offsets);
  }

  /** Returns the window in which a patch is covered that lies as near to its middle as can be. */
  Window windowAround(int covered) {
    return window(
        first(covered / columns, windowRows(), rows),
        first(covered % columns, windowColumns(), columns),
        covered);
  }

  private static int first(int place, int window, int all) {
    return Math.max(0, Math.min(place - window / 2, all - window));
  }

  /**
   * Puts a patch into an image.
   *
   * @param from patches one after the other, each {@code float[3][side][side]}
   * @param index of the patch in {@code from}
   * @param patch its number in the grid
   */
  void put(float[] from, int index, int patch, FloatImage to) {
    int top = patch / columns * side;
    int left = patch % columns * side;
    for (int row = 0; row < 3 * side; row++) {
      System.arraycopy(
          from,
          index * values() + row * side,
          to.values(),
          ((row / side) * height() + top + row % side) * width() + left,
          side);
    }
  }
}
