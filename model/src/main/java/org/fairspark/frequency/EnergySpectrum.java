package org.fairspark.frequency;

import java.io.Serializable;
import java.util.List;
import org.fairspark.image.FloatImage;

/**
 * The distribution of images' energy over the distance from the zero frequency, all channels
 * together, as a mean over images (paper Figure 9). Mergeable: the result does not depend on how
 * the images were divided. Not thread-safe.
 */
public final class EnergySpectrum implements Serializable {
  private static final long serialVersionUID = 1;

  private final RadialMean shares = new RadialMean();
  private long images;

  /** Counts one image by its {@link #shares}; a black one counts for {@link #images} only. */
  public void add(double[] imageShares) {
    for (int d = 0; d < imageShares.length; d++) {
      if (!Double.isNaN(imageShares[d])) {
        shares.add(d, imageShares[d]);
      }
    }
    images++;
  }

  /**
   * Computes one image's share of energy by distance.
   *
   * @param image {@code float[C][H][W]}
   * @return {@code double[rings]}, by rounded distance, summing to 1; NaN everywhere for a black
   *     image
   */
  public static double[] shares(FloatImage image) {
    int height = image.height();
    int width = image.width();
    FourierPlan plan = FourierPlan.of(height, width);
    int[] distances = plan.distances();
    double[] energy = new double[plan.rings()];
    double[] spectrum = new double[2 * distances.length];
    for (int c = 0; c < image.channels(); c++) {
      plan.halfSpectrum(image.values(), c * height * width, spectrum);
      for (int i = 0; i < distances.length; i++) {
        double re = spectrum[2 * i];
        double im = spectrum[2 * i + 1];
        energy[distances[i]] += plan.multiplicity(i) * (re * re + im * im);
      }
    }
    double total = FourierPlan.sum(energy);
    for (int d = 0; d < energy.length; d++) {
      energy[d] = total > 0 ? energy[d] / total : Double.NaN;
    }
    return energy;
  }

  /**
   * Adds another spectrum's images.
   *
   * @return this
   */
  public EnergySpectrum merge(EnergySpectrum other) {
    shares.merge(other.shares);
    images += other.images;
    return this;
  }

  public long images() {
    return images;
  }

  /**
   * Returns the mean share by distance, nearest first; for images of one size the shares sum to 1.
   */
  public List<RadialPoint> curve() {
    return shares.curve();
  }
}
