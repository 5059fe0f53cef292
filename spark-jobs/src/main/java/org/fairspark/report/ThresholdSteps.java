package org.fairspark.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * The numbers of images above each of many thresholds of their score, for the page's slider.
 *
 * @param thresholds rising; at the first all images lie above, at the last none
 * @param normal normal images above each threshold
 * @param anomalous anomalous images above each threshold
 * @param calibrated index of the calibrated threshold; null where there is none
 * @param best index of the threshold with the best F1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThresholdSteps(
    List<Float> thresholds,
    List<Integer> normal,
    List<Integer> anomalous,
    Integer calibrated,
    int best) {
  /** Most scores that are steps of their own; of more, so many are taken, even by rank. */
  private static final int MAX_STEPS = 400;

  /**
   * Counts scores.
   *
   * @param normal scores of normal images
   * @param anomalous scores of anomalous images; there must be a score at all
   * @param calibrated the threshold that is a step in any case
   */
  public static ThresholdSteps of(double[] normal, double[] anomalous, OptionalDouble calibrated) {
    double[] scores =
        DoubleStream.concat(Arrays.stream(normal), Arrays.stream(anomalous))
            .sorted()
            .distinct()
            .toArray();
    TreeSet<Float> steps = new TreeSet<>();
    steps.add(Math.nextDown((float) scores[0]));
    int taken = Math.min(MAX_STEPS, scores.length);
    for (int i = 0; i < taken; i++) {
      steps.add((float) scores[(int) ((i + 1L) * scores.length / taken) - 1]);
    }
    calibrated.ifPresent(threshold -> steps.add((float) threshold));
    List<Float> thresholds = List.copyOf(steps);
    List<Integer> normalAbove = new ArrayList<>();
    List<Integer> anomalousAbove = new ArrayList<>();
    int best = 0;
    double bestF1 = -1;
    for (float threshold : thresholds) {
      int found = above(anomalous, threshold);
      int alarms = above(normal, threshold);
      double f1 = 2.0 * found / (anomalous.length + found + alarms);
      if (f1 >= bestF1) {
        best = normalAbove.size();
        bestF1 = f1;
      }
      normalAbove.add(alarms);
      anomalousAbove.add(found);
    }
    return new ThresholdSteps(
        thresholds,
        normalAbove,
        anomalousAbove,
        calibrated.isPresent() ? thresholds.indexOf((float) calibrated.getAsDouble()) : null,
        best);
  }

  private static int above(double[] scores, float threshold) {
    return (int) Arrays.stream(scores).filter(s -> s > threshold).count();
  }
}
