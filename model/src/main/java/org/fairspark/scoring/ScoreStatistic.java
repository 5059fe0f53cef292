package org.fairspark.scoring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.fairspark.inspection.Inspection;

/**
 * A statistic of an anomaly map that can serve as the image's score: larger for more anomalous
 * maps, never negative. The level of a map is its median. Pixels that an inspection leaves out
 * count nowhere.
 *
 * <p>Those relative to the level bear changes of the light, which raise the whole map, and suffer
 * where a defect is so large that it raises the level. Those by position bear that some places of
 * an aligned part are always restored worse than others, and suffer where parts lie anyhow. None is
 * best everywhere: {@link ScoreChoice} chooses. {@link #MIXTURE} hears several.
 */
public enum ScoreStatistic {
  /** The maximum, as in the paper (section 3.4). */
  PAPER {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      return max(maps.map());
    }
  },
  /** The maximum less the level. */
  MAX_LESS_LEVEL {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      return max(maps.map()) - level(maps.map());
    }
  },
  /** The maximum over the level. */
  MAX_OVER_LEVEL {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      return over(max(maps.map()), level(maps.map()));
    }
  },
  /**
   * The maximum over the level's square root, between {@link #PAPER} and {@link #MAX_OVER_LEVEL}.
   */
  MAX_OVER_ROOT_LEVEL {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      return over(max(maps.map()), (float) Math.sqrt(level(maps.map())));
    }
  },
  /** The 99.5 % quantile over the level. */
  QUANTILE_OVER_LEVEL {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      float[] map = inspected(maps.map());
      float quantile =
          map.length == 0 ? 0 : OrderStatistic.of(map, (int) (QUANTILE * (map.length - 1)));
      return over(quantile, level(map));
    }
  },
  /** The maximum of the map's standard scores by position. */
  POSITION_Z {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      float[] map = maps.map();
      PositionProfile positions = normals.map();
      float max = 0;
      for (int p = 0; p < map.length; p++) {
        max = Math.max(max, (map[p] - positions.mean()[p]) / positions.deviation()[p]);
      }
      return max;
    }
  },
  /** The maximum of the log map, less its level, less its mean by position. */
  POSITION_LOG {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      float[] map = maps.map();
      float level = level(map);
      float max = 0;
      for (int p = 0; p < map.length; p++) {
        max = Math.max(max, relativeLog(map[p], level) - normals.map().logMean()[p]);
      }
      return max;
    }
  },
  /** The maximum of the standard scores by position of the log map less its level. */
  POSITION_LOG_Z {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      return maxLogZ(maps.map(), normals.map());
    }
  },
  /**
   * {@link #POSITION_LOG_Z} of the map and of the maps beside it, each by what it says about
   * changed normal images: {@link Mixture}.
   */
  MIXTURE {
    @Override
    float of(AnomalyMaps maps, NormalMaps normals) {
      return normals.mixture().of(Mixture.parts(maps, normals));
    }
  };

  private static final double QUANTILE = 0.995;

  /** A map is not told apart from 0 below this; it bounds ratios and logarithms. */
  static final float FLOOR = 1e-6f;

  /** Returns its name in the configuration: in lower case, words joined by hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds a statistic by its name in the configuration. */
  public static Optional<ScoreStatistic> ofWord(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
  }

  /** Returns whether it needs to know how normal images look at each position. */
  public boolean byPosition() {
    return compareTo(POSITION_Z) >= 0;
  }

  /**
   * Computes the score.
   *
   * @param normals of the same size; not looked at by statistics that are not by position
   * @return 0 or more; NaN if a map that it looks at holds one
   */
  abstract float of(AnomalyMaps maps, NormalMaps normals);

  /** Returns the greatest standard score by position of the log map less its level, at least 0. */
  static float maxLogZ(float[] map, PositionProfile positions) {
    float level = level(map);
    float max = 0;
    for (int p = 0; p < map.length; p++) {
      float relative = relativeLog(map[p], level) - positions.logMean()[p];
      max = Math.max(max, relative / positions.logDeviation()[p]);
    }
    return max;
  }

  private static float max(float[] map) {
    float max = Float.NEGATIVE_INFINITY;
    for (float v : map) {
      max = Math.max(max, v);
    }
    return max;
  }

  /**
   * Returns the level of a map: the median of what is inspected, of an even number of values the
   * upper one.
   *
   * @return 0 if nothing is inspected
   */
  public static float level(float[] map) {
    float[] inspected = inspected(map);
    return inspected.length == 0 ? 0 : OrderStatistic.of(inspected, inspected.length / 2);
  }

  /** Returns the values of the pixels that are inspected; the map itself if all are. */
  private static float[] inspected(float[] map) {
    int outside = 0;
    for (float v : map) {
      outside += Inspection.isOutside(v) ? 1 : 0;
    }
    if (outside == 0) {
      return map;
    }
    float[] inspected = new float[map.length - outside];
    int count = 0;
    for (float v : map) {
      if (!Inspection.isOutside(v)) {
        inspected[count++] = v;
      }
    }
    return inspected;
  }

  private static float over(float value, float level) {
    return value / Math.max(level, FLOOR);
  }

  /** Returns the natural logarithm of a value over the level. */
  static float relativeLog(float value, float level) {
    // StrictMath: the same bits on every machine.
    return (float) StrictMath.log(Math.max(value, FLOOR) / Math.max(level, FLOOR));
  }
}
