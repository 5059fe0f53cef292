package org.fairspark.metrics;

import java.util.Arrays;

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
