package org.fairspark.detect.padim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.Vectors;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.random.SeededRandom;

/**
 * A Gaussian for every place of the grid of patches. Distances are computed by the inverse of the
 * covariance's Cholesky factor, so that none is ever inverted.
 */
public final class PlaceGaussians {
  /** PaDiM's epsilon. */
  private static final double REGULARIZATION = 0.01;

  private static final String KEPT = "kept_features";
  private static final String MEANS = "means";
  private static final String WHITENING = "whitening";

  private final int[] kept;
  private final int height;
  private final int width;
  private final float[] means;
  private final float[] whitening;

  private PlaceGaussians(int[] kept, int height, int width, float[] means, float[] whitening) {
    this.kept = kept;
    this.height = height;
    this.width = width;
    this.means = means;
    this.whitening = whitening;
  }

  /**
   * Draws the features that are kept of each patch.
   *
   * @param dimension features of a patch
   * @param wanted how many to keep; all if there are fewer
   * @return their indexes, ascending
   */
  public static int[] draw(int dimension, int wanted, long seed) {
    int[] all = new int[dimension];
    for (int d = 0; d < dimension; d++) {
      all[d] = d;
    }
    new SeededRandom(seed).shuffle(all);
    int[] kept = Arrays.copyOf(all, Math.min(wanted, dimension));
    Arrays.sort(kept);
    return kept;
  }

  /**
   * Fits the Gaussians of all images.
   *
   * @param kept that the sums are of
   */
  public static PlaceGaussians fit(GaussianSums sums, int[] kept) {
    return fit(sums, kept, REGULARIZATION);
  }

  /**
   * Fits the Gaussians of all features.
   *
   * @param regularization added to each variance
   */
  public static PlaceGaussians fit(GaussianSums sums, double regularization) {
    int[] all = new int[sums.dimension()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return fit(sums, all, regularization);
  }

  private static PlaceGaussians fit(GaussianSums sums, int[] kept, double regularization) {
    int places = sums.height() * sums.width();
    int n = sums.dimension();
    int size = GaussianSums.triangle(n);
    float[] means = new float[places * n];
    float[] whitening = new float[Math.multiplyExact(places, size)];
    for (int place = 0; place < places; place++) {
      double[] mean = sums.mean(place);
      double[] inverse =
          Triangular.inverse(
              Triangular.cholesky(sums.covariance(place, mean, regularization), n), n);
      for (int i = 0; i < n; i++) {
        means[place * n + i] = (float) mean[i];
      }
      for (int i = 0; i < size; i++) {
        whitening[place * size + i] = (float) inverse[i];
      }
    }
    return new PlaceGaussians(kept, sums.height(), sums.width(), means, whitening);
  }

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException if it is another method's
   */
  static PlaceGaussians of(SafeTensors model) {
    SafeTensors.Tensor kept = model.tensors().get(KEPT);
    SafeTensors.Tensor means = model.tensors().get(MEANS);
    SafeTensors.Tensor whitening = model.tensors().get(WHITENING);
    if (kept == null || means == null || means.shape().size() != 3 || whitening == null) {
      throw new IllegalArgumentException(
          "the model holds no %s, %s and %s, only %s"
              .formatted(KEPT, MEANS, WHITENING, model.tensors().keySet()));
    }
    int[] indexes = new int[kept.values().length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = (int) kept.values()[i];
    }
    return new PlaceGaussians(
        indexes, means.shape().get(0), means.shape().get(1), means.values(), whitening.values());
  }

  /** Returns the mean of a place's features. */
  public float[] mean(int place) {
    return Arrays.copyOfRange(means, place * kept.length, (place + 1) * kept.length);
  }

  /**
   * Returns what makes a place's features independent and of variance 1: the inverse of the
   * covariance's Cholesky factor.
   *
   * @return a lower triangle, row by row
   */
  public float[] whitening(int place) {
    int size = GaussianSums.triangle(kept.length);
    return Arrays.copyOfRange(whitening, place * size, (place + 1) * size);
  }

  /** Returns the model. */
  public SafeTensors model(long images) {
    int n = kept.length;
    float[] indexes = new float[n];
    for (int i = 0; i < n; i++) {
      indexes[i] = kept[i];
    }
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put(KEPT, new SafeTensors.Tensor(List.of(n), indexes));
    tensors.put(MEANS, new SafeTensors.Tensor(List.of(height, width, n), means));
    tensors.put(
        WHITENING,
        new SafeTensors.Tensor(List.of(height, width, GaussianSums.triangle(n)), whitening));
    return new SafeTensors(
        tensors, Map.of("method", PadimMethod.NAME, "images", String.valueOf(images)));
  }

  /**
   * Computes every patch's Mahalanobis distance from its place's Gaussian (PaDiM's equation 2).
   *
   * @return {@code float[height][width]}
   * @throws IllegalArgumentException if the patches are on another grid
   */
  float[] distances(PatchFeatures patches) {
    if (patches.height() != height || patches.width() != width) {
      throw new IllegalArgumentException(
          "a grid of %d x %d patches, the model has Gaussians for %d x %d: images must have the size"
                  .formatted(patches.height(), patches.width(), height, width)
              + " that it was fitted with");
    }
    Vectors vectors = patches.vectors().project(kept);
    int n = kept.length;
    int size = GaussianSums.triangle(n);
    float[] distances = new float[vectors.count()];
    float[] difference = new float[n];
    for (int place = 0; place < distances.length; place++) {
      for (int i = 0; i < n; i++) {
        difference[i] = vectors.values()[place * n + i] - means[place * n + i];
      }
      double squared = 0;
      int at = place * size;
      for (int i = 0; i < n; i++) {
        double component = 0;
        for (int j = 0; j <= i; j++, at++) {
          component += whitening[at] * difference[j];
        }
        squared += component * component;
      }
      distances[place] = (float) Math.sqrt(squared);
    }
    return distances;
  }
}
