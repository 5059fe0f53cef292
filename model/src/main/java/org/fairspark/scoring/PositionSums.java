package org.fairspark.scoring;

import java.io.Serializable;
import org.fairspark.inspection.Inspection;

/**
 * Sums over the anomaly maps of normal images, position by position: of the map and of its
 * logarithm relative to its level, with their squares. Of each position only the maps count that
 * are inspected there: it may be left out, of all images or of those of another view.
 *
 * <p>Values are rounded to whole numbers before they are added, so that sums merge to the same bits
 * in any order, and what was added can be taken away again.
 */
public final class PositionSums implements Serializable {
  private static final long serialVersionUID = 1;

  /** The largest number of maps whose squares fit into a sum. */
  public static final int MAX_MAPS = 8192;

  /** Steps of one, and the greatest value: a map passes 1 only by its colour term. */
  private static final double PLAIN_STEPS = 1 << 23;

  private static final double MAX_PLAIN = 2;

  private static final double LOG_STEPS = 1 << 20;
  private static final double MAX_LOG = 16;

  private final int height;
  private final int width;
  private int maps;

  /** How many maps count, by position. */
  private final int[] counted;

  private final long[] plain;
  private final long[] plainSquares;
  private final long[] log;
  private final long[] logSquares;

  /** Makes empty sums for maps of one size. */
  public PositionSums(int height, int width) {
    this.height = height;
    this.width = width;
    int positions = Math.multiplyExact(height, width);
    counted = new int[positions];
    plain = new long[positions];
    plainSquares = new long[positions];
    log = new long[positions];
    logSquares = new long[positions];
  }

  /** Returns the number of maps. */
  public int maps() {
    return maps;
  }

  /**
   * Adds a map.
   *
   * @param map {@code float[height][width]}, 0 or more
   * @throws IllegalArgumentException if it has another size or a value that is no number, or if
   *     there are {@value #MAX_MAPS} already
   */
  public void add(float[] map) {
    add(map, 1);
  }

  /** Takes a map away that was added. */
  public void remove(float[] map) {
    add(map, -1);
  }

  private void add(float[] map, int sign) {
    if (map.length != plain.length) {
      throw new IllegalArgumentException(
          "a map of %d positions where %d x %d are summed".formatted(map.length, height, width));
    }
    if (maps + sign > MAX_MAPS) {
      throw new IllegalArgumentException("at most " + MAX_MAPS + " maps can be summed");
    }
    float level = ScoreStatistic.level(map);
    for (int p = 0; p < map.length; p++) {
      if (Float.isNaN(map[p])) {
        throw new IllegalArgumentException("a map holds NaN: did the restoration diverge?");
      }
      if (Inspection.isOutside(map[p])) {
        continue;
      }
      counted[p] += sign;
      long value = Math.round(PLAIN_STEPS * Math.min(MAX_PLAIN, map[p]));
      long relative = Math.round(LOG_STEPS * bounded(ScoreStatistic.relativeLog(map[p], level)));
      plain[p] += sign * value;
      plainSquares[p] += sign * value * value;
      log[p] += sign * relative;
      logSquares[p] += sign * relative * relative;
    }
    maps += sign;
  }

  private static double bounded(double log) {
    return Math.max(-MAX_LOG, Math.min(MAX_LOG, log));
  }

  /** Adds the sums over other maps of the same size; returns these sums. */
  public PositionSums merge(PositionSums other) {
    if (other.height != height || other.width != width) {
      throw new IllegalArgumentException(
          "sums of %d x %d and of %d x %d do not merge"
              .formatted(height, width, other.height, other.width));
    }
    if (maps + other.maps > MAX_MAPS) {
      throw new IllegalArgumentException("at most " + MAX_MAPS + " maps can be summed");
    }
    maps += other.maps;
    for (int p = 0; p < plain.length; p++) {
      counted[p] += other.counted[p];
      plain[p] += other.plain[p];
      plainSquares[p] += other.plainSquares[p];
      log[p] += other.log[p];
      logSquares[p] += other.logSquares[p];
    }
    return this;
  }

  /** Returns sums of their own over the same maps. */
  public PositionSums copy() {
    return new PositionSums(height, width).merge(this);
  }

  /**
   * Returns mean and spread at every position; NaN goes before the smoothing where less than two
   * maps count.
   *
   * @throws IllegalStateException if there are less than two maps
   */
  public PositionProfile profile() {
    if (maps < 2) {
      throw new IllegalStateException("a spread takes two maps or more, got " + maps);
    }
    return PositionProfile.of(
        height,
        width,
        mean(plain, PLAIN_STEPS),
        variance(plain, plainSquares, PLAIN_STEPS),
        mean(log, LOG_STEPS),
        variance(log, logSquares, LOG_STEPS));
  }

  private double[] mean(long[] sums, double steps) {
    double[] mean = new double[sums.length];
    for (int p = 0; p < mean.length; p++) {
      mean[p] = counted[p] < 2 ? Double.NaN : sums[p] / (steps * counted[p]);
    }
    return mean;
  }

  private double[] variance(long[] sums, long[] squares, double steps) {
    double[] variance = new double[sums.length];
    for (int p = 0; p < variance.length; p++) {
      int count = counted[p];
      double mean = (double) sums[p] / count;
      double spread = ((double) squares[p] / count - mean * mean) * count / (count - 1.0);
      variance[p] = count < 2 ? Double.NaN : Math.max(0, spread) / (steps * steps);
    }
    return variance;
  }
}
