package org.fairspark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.SecondaryMaps;
import org.fairspark.image.FloatImage;
import org.fairspark.inspection.Inspection;
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

  /**
   * Returns this detection with the scores that an image and its pixels have by a scorer.
   *
   * @param inspection of the map
   * @param function that made the map, where a restoration did
   */
  Detection scored(Inspection inspection, Scorer scorer, AnomalyFunction function) {
    FloatImage inspected = inspection.apply(map);
    FloatImage pixels = scorer.pixelScores(inspected);
    return new Detection(
        pixels,
        scorer.score(inspected, scorer.mixes() ? beside(inspection, function) : List.of()),
        extras,
        reconstruction,
        pixels == inspected ? Optional.empty() : Optional.of(inspected));
  }

  /**
   * Computes the maps beside the anomaly map that a mixture of scores looks at.
   *
   * @param inspection of the maps
   * @param function that made the map
   * @return {@code float[H][W]} each; empty where nothing was restored
   */
  public List<float[]> beside(Inspection inspection, AnomalyFunction function) {
    List<float[]> beside = new ArrayList<>();
    reconstruction.ifPresent(
        made ->
            SecondaryMaps.of(made.original(), made.restored(), function)
                .forEach(other -> beside.add(inspection.apply(other).values())));
    return beside;
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
