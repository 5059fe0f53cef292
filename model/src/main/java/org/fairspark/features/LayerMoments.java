package org.fairspark.features;

import java.io.Serializable;
import java.util.List;

/**
 * Sums over patches of normal images, from which the layers' scales are made: layers whose features
 * spread more would else decide distances alone. Parts are merged by addition, in a stated order,
 * since sums of doubles round.
 *
 * @param layers features of each layer
 * @param count patches
 * @param sums of every feature
 * @param squares sums of their squares
 */
public record LayerMoments(List<Integer> layers, long count, double[] sums, double[] squares)
    implements Serializable {

  /** Returns the sums over one image's patches. */
  public static LayerMoments of(PatchFeatures patches) {
    Vectors vectors = patches.vectors();
    int dimension = vectors.dimension();
    double[] sums = new double[dimension];
    double[] squares = new double[dimension];
    float[] values = vectors.values();
    for (int from = 0; from < values.length; from += dimension) {
      for (int d = 0; d < dimension; d++) {
        double v = values[from + d];
        sums[d] += v;
        squares[d] += v * v;
      }
    }
    return new LayerMoments(patches.layers(), vectors.count(), sums, squares);
  }

  /**
   * Returns the sums of both.
   *
   * @throws IllegalArgumentException if they are of other layers
   */
  public LayerMoments plus(LayerMoments other) {
    if (!layers.equals(other.layers)) {
      throw new IllegalArgumentException("layers of %s and %s".formatted(layers, other.layers));
    }
    double[] bothSums = new double[sums.length];
    double[] bothSquares = new double[sums.length];
    for (int d = 0; d < sums.length; d++) {
      bothSums[d] = sums[d] + other.sums[d];
      bothSquares[d] = squares[d] + other.squares[d];
    }
    return new LayerMoments(layers, count + other.count, bothSums, bothSquares);
  }

  /**
   * Returns the factor of every feature that gives each layer a total variance of 1.
   *
   * @return {@code float[dimension]}; 1 for a layer that is constant
   */
  public float[] scales() {
    float[] scales = new float[sums.length];
    int from = 0;
    for (int layer : layers) {
      double variance = 0;
      for (int d = from; d < from + layer; d++) {
        double mean = sums[d] / count;
        variance += Math.max(0, squares[d] / count - mean * mean);
      }
      float scale = variance > 0 ? (float) (1 / Math.sqrt(variance)) : 1;
      for (int d = from; d < from + layer; d++) {
        scales[d] = scale;
      }
      from += layer;
    }
    return scales;
  }
}
