package org.fairspark.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Images that lie on one side outside of the range of those that were learnt from, more of them
 * than chance explains. Nothing is assumed but that images like each other come in any order: the k
 * highest of n known and m new ones are then all new with probability m (m-1) ... / (n+m) (n+m-1)
 * ... (exceedances; Gumbel and von Schelling, 1950).
 *
 * @param trait that they differ in
 * @param below whether they lie below the known range, not above
 * @param outside names of the images, the furthest outside first
 * @param images number of new images
 * @param low least value of the images outside
 * @param high greatest value of the images outside
 * @param known the known images' values
 */
public record Uncovered(
    String trait,
    boolean below,
    List<String> outside,
    int images,
    double low,
    double high,
    Range known) {
  /**
   * The values of known images.
   *
   * @param low the least
   * @param high the greatest
   * @param images how many
   */
  public record Range(double low, double high, int images) {
    /** Returns the range of some values. */
    public static Range of(double... values) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      return new Range(low, high, values.length);
    }
  }

  /** Probability by which chance alone may put so many images outside. */
  private static final double CHANCE = 1e-4;

  public Uncovered {
    outside = List.copyOf(outside);
  }

  /**
   * Looks for them on both sides.
   *
   * @param trait in words
   * @param known values of the images that were learnt from
   * @param fresh values of new images by their names
   * @return the side with more images outside; empty if chance explains both
   */
  public static Optional<Uncovered> find(String trait, Range known, Map<String, Double> fresh) {
    if (known.images() == 0 || fresh.isEmpty()) {
      return Optional.empty();
    }
    double low = known.low();
    double high = known.high();
    List<Map.Entry<String, Double>> below = side(fresh, v -> low - v);
    List<Map.Entry<String, Double>> above = side(fresh, v -> v - high);
    boolean isBelow = below.size() > above.size();
    List<Map.Entry<String, Double>> outside = isBelow ? below : above;
    if (outside.isEmpty() || probability(outside.size(), known.images(), fresh.size()) > CHANCE) {
      return Optional.empty();
    }
    double furthest = outside.get(0).getValue();
    double nearest = outside.get(outside.size() - 1).getValue();
    return Optional.of(
        new Uncovered(
            trait,
            isBelow,
            outside.stream().map(Map.Entry::getKey).toList(),
            fresh.size(),
            Math.min(furthest, nearest),
            Math.max(furthest, nearest),
            known));
  }

  private static List<Map.Entry<String, Double>> side(
      Map<String, Double> fresh, ToDoubleFunction<Double> beyond) {
    List<Map.Entry<String, Double>> outside = new ArrayList<>();
    for (Map.Entry<String, Double> image : fresh.entrySet()) {
      if (beyond.applyAsDouble(image.getValue()) > 0) {
        outside.add(image);
      }
    }
    outside.sort(
        Comparator.comparingDouble(
                (Map.Entry<String, Double> i) -> -beyond.applyAsDouble(i.getValue()))
            .thenComparing(Map.Entry::getKey));
    return outside;
  }

  /** Returns the probability that the highest k of n known and m new values are all new. */
  static double probability(int k, int n, int m) {
    double probability = 1;
    for (int i = 0; i < k; i++) {
      probability *= (double) (m - i) / (n + m - i);
    }
    return probability;
  }
}
