package org.fairspark.detect.padim;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.Vectors;

/**
 * Sums over images, from which the Gaussian of every place is made: of the features and of their
 * products. Parts are merged by addition, in a stated order, since sums of doubles round.
 */
public final class GaussianSums implements Serializable {
  private static final long serialVersionUID = 1;

  private final int height;
  private final int width;
  private final int dimension;
  private final double[] sums;
  private final double[] products;
  private long images;

  /**
   * Makes sums of nothing yet.
   *
   * @param height rows of the grid of patches
   * @param width columns of the grid of patches
   * @param dimension features of a patch
   */
  public GaussianSums(int height, int width, int dimension) {
    this.height = height;
    this.width = width;
    this.dimension = dimension;
    int places = Math.multiplyExact(height, width);
    this.sums = new double[Math.multiplyExact(places, dimension)];
    this.products = new double[Math.multiplyExact(places, triangle(dimension))];
  }

  /** Returns the sums over one part's images, all with patches on the same grid. */
  public static GaussianSums of(List<PatchFeatures> images, int[] kept) {
    PatchFeatures first = images.get(0);
    GaussianSums sums = new GaussianSums(first.height(), first.width(), kept.length);
    images.forEach(image -> sums.add(image, kept));
    return sums;
  }

  /** Returns the numbers of a triangle of a matrix, its diagonal included. */
  static int triangle(int dimension) {
    return dimension * (dimension + 1) / 2;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int dimension() {
    return dimension;
  }

  /** Returns the number of images. */
  public long images() {
    return images;
  }

  /** Returns a human-readable description. */
  public String describe() {
    return "%,d Gaussians of %d features".formatted(height * width, dimension);
  }

  /**
   * Counts an image in.
   *
   * @param image its patches
   * @param kept indexes of the features that are kept
   * @throws IllegalArgumentException if its patches lie on another grid
   */
  public void add(PatchFeatures image, int[] kept) {
    if (image.height() != height || image.width() != width) {
      throw new IllegalArgumentException(
          "a grid of %d x %d patches among ones of %d x %d"
              .formatted(image.height(), image.width(), height, width));
    }
    Vectors vectors = image.vectors().project(kept);
    float[] values = vectors.values();
    for (int place = 0, at = 0; place < vectors.count(); place++) {
      int from = place * dimension;
      for (int i = 0; i < dimension; i++) {
        double v = values[from + i];
        sums[from + i] += v;
        for (int j = 0; j <= i; j++) {
          products[at + j] += v * values[from + j];
        }
        at += i + 1;
      }
    }
    images++;
  }

  /** Returns the mean over a place's features of their variances. */
  public double meanVariance(int place) {
    double[] covariance = covariance(place, mean(place), 0);
    double sum = 0;
    for (int i = 0, at = 0; i < dimension; i++, at += i + 1) {
      sum += covariance[at];
    }
    return sum / dimension;
  }

  /** Adds another part's sums. */
  public GaussianSums add(GaussianSums other) {
    if (other.sums.length != sums.length || other.products.length != products.length) {
      throw new IllegalArgumentException("sums over another grid of patches");
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
    images += other.images;
    return this;
  }

  /** Returns the mean of a place's features. */
  double[] mean(int place) {
    return Arrays.stream(sums, place * dimension, (place + 1) * dimension)
        .map(sum -> sum / images)
        .toArray();
  }

  /**
   * Returns the covariance of a place's features (PaDiM's equation 1).
   *
   * @param mean of the same place
   * @param regularization added to the diagonal
   * @return the lower triangle, row by row
   */
  double[] covariance(int place, double[] mean, double regularization) {
    int size = triangle(dimension);
    double[] covariance = new double[size];
    int at = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++, at++) {
        double sum = products[place * size + at] - images * mean[i] * mean[j];
        covariance[at] = sum / Math.max(1, images - 1) + (i == j ? regularization : 0);
      }
    }
    return covariance;
  }
}
