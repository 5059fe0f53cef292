package org.fairspark.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Areas by sorting every score, which the bounds of {@link HistogramAreas} must hold. */
public final class ExactAreas {
  private ExactAreas() {}

  /**
   * Computes the area under the ROC curve of pixels.
   *
   * @param scores not NaN
   * @param anomalous whether a pixel is anomalous
   */
  public static double auroc(float[] scores, boolean[] anomalous) {
    int positives = 0;
    for (boolean a : anomalous) {
      positives += a ? 1 : 0;
    }
    float[] high = new float[positives];
    float[] low = new float[scores.length - positives];
    for (int i = 0, h = 0, l = 0; i < scores.length; i++) {
      if (anomalous[i]) {
        high[h++] = scores[i];
      } else {
        low[l++] = scores[i];
      }
    }
    Arrays.sort(low);
    Arrays.sort(high);
    requireScores(low.length, "normal");
    requireScores(high.length, "anomalous");
    return ExactAuroc.of(low, high);
  }

  /**
   * Computes the area under the per-region overlap curve up to a false-positive rate, as a fraction
   * of that rate. The curve starts at (0, 0) and has a point at every distinct score, straight in
   * between.
   *
   * @param scores not NaN
   * @param regions 0 for a pixel outside all regions, else its region's number, from 1 to the
   *     largest without gaps; regions of all images together
   * @param limit the false-positive rate, in (0,1]
   */
  public static double aupro(float[] scores, int[] regions, double limit) {
    int count = Arrays.stream(regions).max().orElse(0);
    requireScores(count, "region");
    double[] weight = new double[count + 1];
    for (int region : regions) {
      weight[region]++;
    }
    double outside = weight[0];
    requireScores((int) outside, "normal");
    for (int region = 1; region <= count; region++) {
      weight[region] = 1 / weight[region] / count;
    }
    long[] order = new long[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) ordered(scores[i]) << 32 | i;
    }
    Arrays.sort(order);
    CurveArea area = new CurveArea(limit);
    double pro = 0;
    long falsePositives = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      int at = (int) order[i];
      if (regions[at] == 0) {
        falsePositives++;
      } else {
        pro += weight[regions[at]];
      }
      if (i == 0 || scores[(int) order[i - 1]] != scores[at]) {
        area.to(falsePositives / outside, pro);
      }
    }
    return area.estimate();
  }

  /**
   * Computes average precision as scikit-learn's {@code average_precision_score} does: over
   * distinct scores in falling order, the step of recall times precision.
   */
  public static double averagePrecision(float[] scores, boolean[] anomalous) {
    double sum = 0;
    double recallBefore = 0;
    for (double[] counts : byFallingScore(scores, anomalous)) {
      double recall = counts[1] / counts[3];
      sum += (recall - recallBefore) * (counts[1] / (counts[1] + counts[2]));
      recallBefore = recall;
    }
    return sum;
  }

  /** Computes the best F1 over all distinct scores, and the highest threshold that has it. */
  public static double[] bestF1(float[] scores, boolean[] anomalous) {
    double[] best = {-1, 0};
    for (double[] counts : byFallingScore(scores, anomalous)) {
      double precision = counts[1] / (counts[1] + counts[2]);
      double recall = counts[1] / counts[3];
      double f1 = counts[1] == 0 ? 0 : 2 * precision * recall / (precision + recall);
      if (f1 > best[0] + 1e-15) {
        best = new double[] {f1, counts[0]};
      }
    }
    return best;
  }

  /** Returns score, true positives, false positives and all positives at each distinct score. */
  private static List<double[]> byFallingScore(float[] scores, boolean[] anomalous) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Float.compare(scores[b] + 0f, scores[a] + 0f));
    double positives = 0;
    for (boolean one : anomalous) {
      positives += one ? 1 : 0;
    }
    List<double[]> counts = new ArrayList<>();
    double found = 0;
    double alarms = 0;
    for (int i = 0; i < order.length; i++) {
      found += anomalous[order[i]] ? 1 : 0;
      alarms += anomalous[order[i]] ? 0 : 1;
      if (i == order.length - 1 || scores[order[i + 1]] != scores[order[i]]) {
        counts.add(new double[] {scores[order[i]], found, alarms, positives});
      }
    }
    return counts;
  }

  /**
   * Computes AUPIMO by its definition, image by image and with a sum for the integral: the mean
   * over false-positive rates on normal images from 1e-5 to 1e-4, even in the logarithm, of the
   * recall at the threshold that has the rate; of normal pixels with equal scores, in proportion.
   *
   * @param normal pixels of all normal images
   * @param maps of anomalous images
   * @param masks of the same, true where anomalous
   */
  public static double aupimo(float[] normal, float[][] maps, boolean[][] masks) {
    int steps = 20_000;
    float[] sorted = normal.clone();
    Arrays.sort(sorted);
    double sum = 0;
    int above = -1;
    int upTo = 0;
    double[] recallAbove = new double[maps.length];
    double[] recallUpTo = new double[maps.length];
    for (int step = 0; step < steps; step++) {
      double pixels = 1e-5 * Math.pow(10, (step + 0.5) / steps) * normal.length;
      while (above < 0 || pixels > upTo) {
        above = upTo;
        float score = sorted[normal.length - 1 - above];
        while (upTo < normal.length && sorted[normal.length - 1 - upTo] == score) {
          upTo++;
        }
        for (int i = 0; i < maps.length; i++) {
          recallAbove[i] = recall(maps[i], masks[i], score, false);
          recallUpTo[i] = recall(maps[i], masks[i], score, true);
        }
      }
      double share = (pixels - above) / (upTo - above);
      for (int i = 0; i < maps.length; i++) {
        sum += recallAbove[i] + share * (recallUpTo[i] - recallAbove[i]);
      }
    }
    return sum / maps.length / steps;
  }

  private static double recall(float[] map, boolean[] mask, float threshold, boolean equal) {
    double found = 0;
    double all = 0;
    for (int p = 0; p < map.length; p++) {
      all += mask[p] ? 1 : 0;
      found += mask[p] && (map[p] > threshold || (equal && map[p] == threshold)) ? 1 : 0;
    }
    return found / all;
  }

  /** Returns an integer in the order of the scores, also of negative ones; both zeros are one. */
  private static int ordered(float score) {
    int bits = Float.floatToIntBits(score == 0 ? 0 : score);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private static void requireScores(int count, String what) {
    if (count == 0) {
      throw new IllegalArgumentException("no " + what + " scores: the area is not defined");
    }
  }
}
