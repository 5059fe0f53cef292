package org.fairspark.scoring;

import java.io.Serializable;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;

/**
 * The image score of a category: a statistic of the anomaly map, with what it must know of normal
 * images. One definition for evaluation, calibration, archives and report.
 *
 * @param statistic of the map
 * @param positions of normal images; null if and only if the statistic is not by position
 */
public record ImageScorer(ScoreStatistic statistic, PositionProfile positions)
    implements Serializable {
  /** The paper's score: the map's maximum. */
  public static final ImageScorer PAPER = of(ScoreStatistic.PAPER);

  /**
   * @throws IllegalArgumentException if positions are missing or not needed
   */
  public ImageScorer {
    if (statistic.byPosition() != (positions != null)) {
      throw new IllegalArgumentException(
          "the score %s %s".formatted(statistic.word(), need(statistic.byPosition())));
    }
  }

  private static String need(boolean byPosition) {
    return byPosition ? "needs normal images' maps by position" : "knows no positions";
  }

  /** Returns the scorer of a statistic that is not by position. */
  public static ImageScorer of(ScoreStatistic statistic) {
    return new ImageScorer(statistic, null);
  }

  /** Returns the scorer of a statistic, with the positions if it is by position. */
  public static ImageScorer of(ScoreStatistic statistic, PositionProfile positions) {
    return new ImageScorer(statistic, statistic.byPosition() ? positions : null);
  }

  /**
   * Computes an image's score.
   *
   * @param map {@code float[1][H][W]}, of the size of the positions, if there are any
   * @return 0 or more; NaN if the map holds one
   * @throws IllegalArgumentException if the sizes differ
   */
  public float score(FloatImage map) {
    if (positions != null
        && (positions.height() != map.height() || positions.width() != map.width())) {
      throw new IllegalArgumentException(
          "the score %s knows positions of %d x %d, the map has %d x %d"
              .formatted(
                  statistic.word(),
                  positions.height(),
                  positions.width(),
                  map.height(),
                  map.width()));
    }
    return statistic.of(map.values(), positions);
  }

  /**
   * Computes the score of an image larger than the network's, whose map was put together from
   * tiles: the highest score of all windows of the network's size, half a window apart, so that a
   * window's level is that of an image as in training. The paper's score is that of the whole map.
   *
   * @param map {@code float[1][H][W]} of any size
   * @param size of a window
   * @throws IllegalArgumentException if the statistic is by position: tiles have none
   */
  public float scoreOfTiles(FloatImage map, ImageSize size) {
    if (statistic.byPosition()) {
      throw new IllegalArgumentException(
          "the score %s is by position, and tiles have none".formatted(statistic.word()));
    }
    int rows = Math.min(size.height(), map.height());
    int columns = Math.min(size.width(), map.width());
    float highest = 0;
    for (int top = 0; ; top = Math.min(top + (rows + 1) / 2, map.height() - rows)) {
      for (int left = 0; ; left = Math.min(left + (columns + 1) / 2, map.width() - columns)) {
        highest = Math.max(highest, statistic.of(window(map, top, left, rows, columns), null));
        if (left == map.width() - columns) {
          break;
        }
      }
      if (top == map.height() - rows) {
        return highest;
      }
    }
  }

  private static float[] window(FloatImage map, int top, int left, int rows, int columns) {
    float[] window = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(map.values(), (top + r) * map.width() + left, window, r * columns, columns);
    }
    return window;
  }
}
