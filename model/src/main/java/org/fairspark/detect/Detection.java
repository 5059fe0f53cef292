package org.fairspark.detect;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairspark.image.FloatImage;

/**
 * The result for one image: its anomaly map and score.
 *
 * @param map the anomaly map, {@code float[1][H][W]}
 * @param score the image's anomaly score
 * @param extras what only some methods give, by the name that {@link Method#extras} declares; each
 *     is computed when it is asked for, so that scoring does not pay for it
 * @param reconstruction the image as the method's network sees and restores it; empty for methods
 *     that restore nothing
 */
public record Detection(
    FloatImage map,
    float score,
    Map<String, Supplier<double[]>> extras,
    Optional<Reconstruction> reconstruction) {

  /**
   * Returns a detection with nothing but map and score.
   *
   * @param map the anomaly map, {@code float[1][H][W]}
   */
  public static Detection of(FloatImage map, float score) {
    return new Detection(map, score, Map.of(), Optional.empty());
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
