package org.fairspark.detect;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairspark.image.FloatImage;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.scoring.Scorer;

/**
 * The result for one image: its anomaly map and score.
 *
 * @param map the anomaly map, {@code float[1][H][W]}, by whose values pixels are judged
 * @param score the image's anomaly score
 * @param extras what only some methods give, by the name that {@link Method#extras} declares; each
 *     is computed when it is asked for, so that scoring does not pay for it
 * @param reconstruction the image as the method's network sees and restores it; empty for methods
 *     that restore nothing
 * @param unscaled the map before it was related to what is normal; empty where it was not
 */
public record Detection(
    FloatImage map,
    float score,
    Map<String, Supplier<double[]>> extras,
    Optional<Reconstruction> reconstruction,
    Optional<FloatImage> unscaled) {

  /** Makes a detection whose map is related to nothing. */
  public Detection(
      FloatImage map,
      float score,
      Map<String, Supplier<double[]>> extras,
      Optional<Reconstruction> reconstruction) {
    this(map, score, extras, reconstruction, Optional.empty());
  }

  /**
   * Returns a detection with nothing but map and score.
   *
   * @param map the anomaly map, {@code float[1][H][W]}
   */
  public static Detection of(FloatImage map, float score) {
    return new Detection(map, score, Map.of(), Optional.empty());
  }

  /** Returns this detection with the scores that an image and its pixels have by a scorer. */
  Detection scored(FloatImage inspected, Scorer scorer) {
    FloatImage pixels = scorer.pixelScores(inspected);
    return new Detection(
        pixels,
        scorer.score(inspected),
        extras,
        reconstruction,
        pixels == inspected ? Optional.empty() : Optional.of(inspected));
  }

  /** Returns the level of the anomaly map before it was related to anything: its median. */
  public float level() {
    return ScoreStatistic.level(unscaled.orElse(map).values());
  }

  /**
   * Computes an extra.
   *
   * @return its values, one for a {@link Extra.Type#NUMBER}; empty if this detection has none
   */
  public Optional<double[]> extra(Extra extra) {
    return Optional.ofNullable(extras.get(extra.name())).map(Supplier::get);
  }
}
