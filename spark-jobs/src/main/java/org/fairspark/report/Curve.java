package org.fairspark.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Points of a curve, in order of x. */
public final class Curve {
  private final double[] x;
  private final double[] y;

  private Curve(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /**
   * Makes a curve through the points, which are copied.
   *
   * @throws IllegalArgumentException if the lengths differ, a value is not finite or x decreases
   */
  public static Curve of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "a curve has as many x as y, got %d and %d".formatted(x.length, y.length));
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new IllegalArgumentException(
            "point %d of a curve is not finite: (%s, %s)".formatted(i, x[i], y[i]));
      }
      if (i > 0 && x[i] < x[i - 1]) {
        throw new IllegalArgumentException(
            "x of a curve must not decrease, but point %d has %s after %s"
                .formatted(i, x[i], x[i - 1]));
      }
    }
    return new Curve(x.clone(), y.clone());
  }

  /** Returns a curve over 0, 1, 2, ...: a value per radius or epoch. */
  public static Curve over(int count, IntToDoubleFunction y) {
    return of(
        IntStream.range(0, count).asDoubleStream().toArray(),
        IntStream.range(0, count).mapToDouble(y).toArray());
  }

  /**
   * Returns the ROC curve of scores: the share of anomalous over the share of normal images that
   * score at least a threshold, for every threshold; tied scores make one slanted line.
   *
   * @throws IllegalArgumentException if either kind has no score
   */
  public static Curve roc(double[] normal, double[] anomalous) {
    if (normal.length == 0 || anomalous.length == 0) {
      throw new IllegalArgumentException(
          "a ROC curve needs normal and anomalous scores, got %d and %d"
              .formatted(normal.length, anomalous.length));
    }
    double[] n = normal.clone();
    double[] a = anomalous.clone();
    Arrays.sort(n);
    Arrays.sort(a);
    double[] thresholds =
        DoubleStream.concat(Arrays.stream(n), Arrays.stream(a)).distinct().sorted().toArray();
    double[] x = new double[thresholds.length + 1];
    double[] y = new double[thresholds.length + 1];
    int falseAlarms = 0;
    int found = 0;
    for (int t = thresholds.length - 1, point = 1; t >= 0; t--, point++) {
      while (falseAlarms < n.length && n[n.length - 1 - falseAlarms] >= thresholds[t]) {
        falseAlarms++;
      }
      while (found < a.length && a[a.length - 1 - found] >= thresholds[t]) {
        found++;
      }
      x[point] = (double) falseAlarms / n.length;
      y[point] = (double) found / a.length;
    }
    return new Curve(x, y);
  }

  /**
   * Returns precision over recall of scores, at every distinct score of an anomalous image from the
   * highest on.
   *
   * @throws IllegalArgumentException if either kind has no score
   */
  public static Curve precision(double[] normal, double[] anomalous) {
    Curve roc = roc(normal, anomalous);
    double[] x = new double[roc.size()];
    double[] y = new double[roc.size()];
    int points = 0;
    for (int i = 1; i < roc.size(); i++) {
      if (roc.y(i) > roc.y(i - 1)) {
        double found = roc.y(i) * anomalous.length;
        x[points] = roc.y(i);
        y[points++] = found / (found + roc.x(i) * normal.length);
      }
    }
    return new Curve(Arrays.copyOf(x, points), Arrays.copyOf(y, points));
  }

  public int size() {
    return x.length;
  }

  public double x(int point) {
    return x[point];
  }

  public double y(int point) {
    return y[point];
  }

  /** Returns all x in single precision, which is more than a plot shows. */
  List<Float> xs() {
    return DoubleStream.of(x).mapToObj(v -> (float) v).toList();
  }

  List<Float> ys() {
    return DoubleStream.of(y).mapToObj(v -> (float) v).toList();
  }

  /** Returns the y at an x, by straight lines between points; of vertical steps the upper end. */
  double at(double place) {
    if (x.length == 0) {
      throw new IllegalStateException("a curve without points has no value at " + place);
    }
    if (place < x[0]) {
      return y[0];
    }
    int right = 0;
    while (right < x.length && x[right] <= place) {
      right++;
    }
    if (right == x.length || x[right - 1] == place) {
      return y[right - 1];
    }
    double share = (place - x[right - 1]) / (x[right] - x[right - 1]);
    return y[right - 1] + share * (y[right] - y[right - 1]);
  }

  /**
   * Returns this curve with at most {@code most} points: its ends, and of equal stretches of points
   * each the lowest and the highest, so that peaks survive.
   */
  Curve thinned(int most) {
    if (x.length <= most) {
      return this;
    }
    int stretches = (most - 2) / 2;
    boolean[] keep = new boolean[x.length];
    keep[0] = true;
    keep[x.length - 1] = true;
    for (int s = 0; s < stretches; s++) {
      int from = 1 + (int) ((long) s * (x.length - 2) / stretches);
      int to = 1 + (int) ((long) (s + 1) * (x.length - 2) / stretches);
      int low = from;
      int high = to - 1;
      for (int i = from; i < to; i++) {
        low = y[i] < y[low] ? i : low;
        high = y[i] > y[high] ? i : high;
      }
      keep[low] = true;
      keep[high] = true;
    }
    int[] kept = IntStream.range(0, x.length).filter(i -> keep[i]).toArray();
    return new Curve(
        IntStream.of(kept).mapToDouble(i -> x[i]).toArray(),
        IntStream.of(kept).mapToDouble(i -> y[i]).toArray());
  }
}
