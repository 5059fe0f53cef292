package org.fairspark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How {@link ScoreStatistic#MIXTURE} puts its parts together: {@link ScoreStatistic#POSITION_LOG_Z}
 * of each map. A part {@code s} is judged by the normal images of the trial, changed as a line
 * changes them: with {@code m} and {@code d} the mean and deviation of {@code log s} over them,
 * {@code u = (log s - m) / d}, and the score is {@code log(1 + mean(exp u))}. So whichever part
 * stands out decides, several that do so together count for more, and a part that is unsteady on
 * normal images has little to say.
 *
 * @param logMean {@code float[part]}, m
 * @param logDeviation {@code float[part]}, d, above 0
 */
public record Mixture(float[] logMean, float[] logDeviation) implements Serializable {
  /** No mixture: of scores that need none. */
  public static final Mixture NONE = new Mixture(new float[0], new float[0]);

  /** Standard scores are not told apart below this. */
  private static final double FLOOR = 0.1;

  /** The least deviation of a part's logarithm: one that never varies would decide alone. */
  private static final float MIN_DEVIATION = 0.05f;

  /** Keeps the sum finite; the exponential of more is no double. */
  private static final double MAX_EXPONENT = 700;

  /**
   * @throws IllegalArgumentException if the lengths differ or a deviation is not above 0
   */
  public Mixture {
    if (logMean.length != logDeviation.length) {
      throw new IllegalArgumentException(
          "a mixture of %d means and %d deviations".formatted(logMean.length, logDeviation.length));
    }
    for (float deviation : logDeviation) {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException("a deviation is above 0, got " + deviation);
      }
    }
  }

  /** Returns the number of parts. */
  int parts() {
    return logMean.length;
  }

  /**
   * Returns the parts of an image: a standard score of each map.
   *
   * @throws IllegalArgumentException if there are not as many maps as profiles
   */
  static float[] parts(AnomalyMaps maps, NormalMaps normals) {
    List<float[]> all = maps.all();
    if (all.size() != normals.profiles().size()) {
      throw new IllegalArgumentException(
          "an image with %d maps where %d are known"
              .formatted(all.size(), normals.profiles().size()));
    }
    float[] parts = new float[all.size()];
    for (int m = 0; m < parts.length; m++) {
      parts[m] = ScoreStatistic.maxLogZ(all.get(m), normals.profiles().get(m));
    }
    return parts;
  }

  /**
   * Computes the score.
   *
   * @param parts as {@link #parts(AnomalyMaps, NormalMaps)} gives them
   * @return 0 or more; NaN if a part is NaN
   */
  float of(float[] parts) {
    double sum = 0;
    for (int i = 0; i < parts.length; i++) {
      double u = (log(parts[i]) - logMean[i]) / logDeviation[i];
      // StrictMath: the same bits on every machine.
      sum += StrictMath.exp(Math.min(MAX_EXPONENT, u));
    }
    return (float) StrictMath.log1p(sum / parts.length);
  }

  private static double log(float part) {
    return StrictMath.log(Math.max(part, FLOOR));
  }

  /**
   * Fits a mixture: the mean of those of all halves, each of which judges images that its positions
   * do not know.
   *
   * @param scores of all images of the trial, in any order
   */
  public static Mixture of(Collection<TrialScores> scores) {
    List<TrialScores> images =
        scores.stream().sorted(Comparator.comparing(TrialScores::id)).toList();
    List<Mixture> halves = ofHalves(images);
    int parts = halves.get(0).parts();
    float[] mean = new float[parts];
    float[] deviation = new float[parts];
    for (int i = 0; i < parts; i++) {
      double meanSum = 0;
      double deviationSum = 0;
      for (Mixture half : halves) {
        meanSum += half.logMean[i];
        deviationSum += half.logDeviation[i];
      }
      mean[i] = (float) (meanSum / halves.size());
      deviation[i] = (float) (deviationSum / halves.size());
    }
    return new Mixture(mean, deviation);
  }

  /**
   * Fits a mixture for each half.
   *
   * @param images in the order of their ids
   */
  static List<Mixture> ofHalves(List<TrialScores> images) {
    List<Mixture> halves = new ArrayList<>();
    for (int half = 0; half < 2 * ScoreTrial.DIVISIONS; half++) {
      halves.add(ofHalf(images, half));
    }
    return halves;
  }

  private static Mixture ofHalf(List<TrialScores> images, int half) {
    int division = half / 2;
    int parts = images.get(0).changedParts()[division].length;
    float[] mean = new float[parts];
    float[] deviation = new float[parts];
    for (int i = 0; i < parts; i++) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (TrialScores image : images) {
        if (image.judgedBy()[division] == half) {
          for (float part : image.changedParts()[division][i]) {
            double log = log(part);
            sum += log;
            squares += log * log;
            count++;
          }
        }
      }
      double average = sum / count;
      mean[i] = (float) average;
      deviation[i] =
          Math.max(
              MIN_DEVIATION, (float) Math.sqrt(Math.max(0, squares / count - average * average)));
    }
    return new Mixture(mean, deviation);
  }
}
