package org.fairspark.detect.intra;

import java.nio.FloatBuffer;
import org.fairspark.network.graph.SampleDraw;
import org.fairspark.random.SeededRandom;

/**
 * The drawing of windows anywhere in an image, each with one covered patch: all places are equally
 * likely.
 *
 * @param rows of patches in an image
 * @param columns of patches in an image
 * @param side of a patch, in pixels
 * @param windows drawn of each image
 */
record WindowDraw(int rows, int columns, int side, int windows) implements SampleDraw {
  /**
   * Writes the windows' patches behind the image, behind them all offsets, and the covered patches
   * as targets.
   */
  @Override
  public void draw(SeededRandom random, FloatBuffer inputs, FloatBuffer targets) {
    PatchGrid grid = new PatchGrid(rows, columns, side);
    FloatBuffer patches = inputs.position(grid.patches() * grid.values()).slice();
    FloatBuffer offsets = patches.duplicate().position(windows * grid.windowPatches());
    for (int i = 0; i < windows; i++) {
      int top = random.nextInt(rows - grid.windowRows() + 1);
      int left = random.nextInt(columns - grid.windowColumns() + 1);
      int row = top + random.nextInt(grid.windowRows());
      int column = left + random.nextInt(grid.windowColumns());
      int covered = row * columns + column;
      PatchGrid.Window window = grid.window(top, left, covered);
      for (int place = 0; place < grid.windowPatches(); place++) {
        patches.put(window.patches()[place]);
        offsets.put(window.offsets()[place]);
      }
      targets.put(covered);
    }
  }
}
