package org.fairspark.scoring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Ways to make the score of each pixel of an anomaly map: what pixel thresholds, regions, pixel
 * metrics and heat maps are of. They go from simple to involved.
 *
 * <p>The paper takes the map as it is. Where an image is restored worse all over, for its light or
 * its sharpness, or where some places of a part are always restored worse, the map of a good image
 * is as high as a defect's elsewhere: these relate it to its level, or also to how normal images'
 * maps look at the place. A value of 0 stays 0, and keeps its sign, so that what is not inspected
 * never counts.
 */
public enum PixelStatistic {
  /** The anomaly map itself, as in the paper (section 3.4). */
  PAPER {
    @Override
    float[] of(float[] map, PositionProfile positions) {
      return map;
    }
  },
  /** The map over the square root of its level. */
  OVER_ROOT_LEVEL {
    @Override
    float[] of(float[] map, PositionProfile positions) {
      float root = (float) Math.sqrt(Math.max(ScoreStatistic.level(map), ScoreStatistic.FLOOR));
      float[] scores = new float[map.length];
      for (int p = 0; p < map.length; p++) {
        scores[p] = map[p] / root;
      }
      return scores;
    }
  },
  /**
   * The map over its level, over the geometric mean of this ratio in normal images at the place.
   */
  POSITION_RATIO {
    @Override
    float[] of(float[] map, PositionProfile positions) {
      float level = Math.max(ScoreStatistic.level(map), ScoreStatistic.FLOOR);
      float[] scores = new float[map.length];
      for (int p = 0; p < map.length; p++) {
        // StrictMath: the same bits on every machine.
        scores[p] = (float) (map[p] / (level * StrictMath.exp(positions.logMean()[p])));
      }
      return scores;
    }
  };

  /** Returns its name in the configuration: in lower case, words joined by hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds a statistic by its name in the configuration. */
  public static Optional<PixelStatistic> ofWord(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
  }

  /** Returns whether it needs to know how normal images look at each position. */
  public boolean byPosition() {
    return this == POSITION_RATIO;
  }

  /**
   * Computes the pixels' scores.
   *
   * @param map {@code float[H][W]}, 0 or more
   * @param positions of the same size; not looked at by statistics that are not by position
   * @return {@code float[H][W]}, 0 or more, NaN where the map is; may be the map itself
   */
  abstract float[] of(float[] map, PositionProfile positions);
}
