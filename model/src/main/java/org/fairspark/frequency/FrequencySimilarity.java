package org.fairspark.frequency;

import java.io.Serializable;
import java.util.List;
import org.fairspark.image.FloatImage;

/**
 * The similarity of originals and restorations by distance from the zero frequency (paper Figure
 * 7): the cosine between their spectra there, all channels together, as a mean over images.
 * Mergeable: the result does not depend on how the images were divided. Not thread-safe.
 */
public final class FrequencySimilarity implements Serializable {
  private static final long serialVersionUID = 1;

  /** Fraction of an image's energy below which a ring holds nothing but rounding. */
  private static final double NOISE = 1e-20;

  private final RadialMean cosines = new RadialMean();
  private long images;

  /** Counts one image by its {@link #cosines}. */
  public void add(double[] imageCosines) {
    for (int d = 0; d < imageCosines.length; d++) {
      if (!Double.isNaN(imageCosines[d])) {
        cosines.add(d, imageCosines[d]);
      }
    }
    images++;
  }

  /**
   * Computes one image's cosines by distance.
   *
   * @param original {@code float[C][H][W]}
   * @param restored of the same shape
   * @return {@code double[rings]}, by rounded distance, -1..1; NaN where either image has nothing
   *     but rounding
   * @throws IllegalArgumentException if the shapes differ
   */
  public static double[] cosines(FloatImage original, FloatImage restored) {
    int channels = original.channels();
    int height = original.height();
    int width = original.width();
    if (channels != restored.channels()
        || height != restored.height()
        || width != restored.width()) {
      throw new IllegalArgumentException(
          "image and restoration must have one shape, got %d x %d x %d and %d x %d x %d"
              .formatted(
                  channels,
                  height,
                  width,
                  restored.channels(),
                  restored.height(),
                  restored.width()));
    }
    FourierPlan plan = FourierPlan.of(height, width);
    int[] distances = plan.distances();
    int rings = plan.rings();
    double[] product = new double[rings];
    double[] energyA = new double[rings];
    double[] energyB = new double[rings];
    double[] a = new double[2 * distances.length];
    double[] b = new double[2 * distances.length];
    for (int c = 0; c < channels; c++) {
      plan.halfSpectrum(original.values(), c * height * width, a);
      plan.halfSpectrum(restored.values(), c * height * width, b);
      for (int i = 0; i < distances.length; i++) {
        int d = distances[i];
        double multiplicity = plan.multiplicity(i);
        product[d] += multiplicity * (a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1]);
        energyA[d] += multiplicity * (a[2 * i] * a[2 * i] + a[2 * i + 1] * a[2 * i + 1]);
        energyB[d] += multiplicity * (b[2 * i] * b[2 * i] + b[2 * i + 1] * b[2 * i + 1]);
      }
    }
    double noiseA = NOISE * FourierPlan.sum(energyA);
    double noiseB = NOISE * FourierPlan.sum(energyB);
    double[] cosines = new double[rings];
    for (int d = 0; d < rings; d++) {
      double cosine = product[d] / Math.sqrt(energyA[d]) / Math.sqrt(energyB[d]);
      cosines[d] =
          energyA[d] > noiseA && energyB[d] > noiseB
              ? Math.max(-1, Math.min(1, cosine))
              : Double.NaN;
    }
    return cosines;
  }

  /**
   * Adds another similarity's images.
   *
   * @return this
   */
  public FrequencySimilarity merge(FrequencySimilarity other) {
    cosines.merge(other.cosines);
    images += other.images;
    return this;
  }

  public long images() {
    return images;
  }

  /** Returns the mean cosine by distance, 1 where restorations are perfect; nearest first. */
  public List<RadialPoint> curve() {
    return cosines.curve();
  }
}
