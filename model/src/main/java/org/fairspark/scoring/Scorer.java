package org.fairspark.scoring;

import java.io.Serializable;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;

/**
 * The scores of a category: of an image, a statistic of its anomaly map, and of the map's pixels,
 * with what both must know of normal images. One definition for evaluation, calibration, archives
 * and report.
 *
 * @param statistic the image's score
 * @param pixels the pixels' scores
 * @param normals what is known of normal images; null if and only if neither is by position
 */
public record Scorer(ScoreStatistic statistic, PixelStatistic pixels, NormalMaps normals)
    implements Serializable {
  /** The paper's scores: the map, and its maximum. */
  public static final Scorer PAPER = of(ScoreStatistic.PAPER);

  /**
   * @throws IllegalArgumentException if positions are missing or not needed
   */
  public Scorer {
    if (byPosition(statistic, pixels) != (normals != null)) {
      throw new IllegalArgumentException(
          "the scores %s %s"
              .formatted(words(statistic, pixels), need(byPosition(statistic, pixels))));
    }
  }

  private static String need(boolean byPosition) {
    return byPosition ? "need normal images' maps by position" : "know no positions";
  }

  private static String words(ScoreStatistic statistic, PixelStatistic pixels) {
    return "%s of an image and %s of its pixels".formatted(statistic.word(), pixels.word());
  }

  /** Returns whether either score needs to know how normal images look at each position. */
  public static boolean byPosition(ScoreStatistic statistic, PixelStatistic pixels) {
    return statistic.byPosition() || pixels.byPosition();
  }

  /** Returns the scorer of a statistic that is not by position, with the paper's pixels. */
  public static Scorer of(ScoreStatistic statistic) {
    return new Scorer(statistic, PixelStatistic.PAPER, null);
  }

  /**
   * Returns a scorer with what it needs of what is known.
   *
   * @param normals may be null for scores that are not by position
   */
  public static Scorer of(ScoreStatistic statistic, PixelStatistic pixels, NormalMaps normals) {
    if (!byPosition(statistic, pixels)) {
      return new Scorer(statistic, pixels, null);
    }
    return new Scorer(
        statistic,
        pixels,
        normals == null || statistic == ScoreStatistic.MIXTURE ? normals : normals.ofMap());
  }

  /** Returns whether the image's score looks at the maps beside the anomaly map. */
  public boolean mixes() {
    return statistic == ScoreStatistic.MIXTURE;
  }

  /**
   * Computes an image's score.
   *
   * @param map the anomaly map, {@code float[1][H][W]}, of the size of the positions, if there are
   *     any
   * @param beside maps beside it, for a scorer that {@link #mixes}
   * @return 0 or more; NaN if a map holds one
   * @throws IllegalArgumentException if the sizes differ, or more or fewer maps are known
   */
  public float score(FloatImage map, List<float[]> beside) {
    requirePositionsOf(map);
    return statistic.of(new AnomalyMaps(map.values(), beside), normals);
  }

  /** Computes the score of an image that has no map beside its anomaly map. */
  public float score(FloatImage map) {
    return score(map, List.of());
  }

  /**
   * Computes the scores of an image's pixels.
   *
   * @param map {@code float[1][H][W]}, of the size of the positions, if there are any; of any size
   *     otherwise
   * @return {@code float[1][H][W]}, 0 or more and NaN where the map is; may be the map itself
   * @throws IllegalArgumentException if the sizes differ
   */
  public FloatImage pixelScores(FloatImage map) {
    if (pixels == PixelStatistic.PAPER) {
      return map;
    }
    requirePositionsOf(map);
    return new FloatImage(
        1,
        map.height(),
        map.width(),
        pixels.of(map.values(), normals == null ? null : normals.map()));
  }

  private void requirePositionsOf(FloatImage map) {
    if (normals == null) {
      return;
    }
    PositionProfile positions = normals.map();
    if (positions.height() != map.height() || positions.width() != map.width()) {
      throw new IllegalArgumentException(
          "the scores %s know positions of %d x %d, the map has %d x %d"
              .formatted(
                  words(statistic, pixels),
                  positions.height(),
                  positions.width(),
                  map.height(),
                  map.width()));
    }
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
        highest =
            Math.max(
                highest, statistic.of(AnomalyMaps.of(window(map, top, left, rows, columns)), null));
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
