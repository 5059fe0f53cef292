package org.fairspark.frequency;

import java.io.Serializable;
import java.util.List;
import org.fairspark.image.FloatImage;

/**
 * Which share of an image's energy lies at each distance from the zero frequency, all channels
 * together, as a mean over images (paper Figure 9). Mergeable; the result does not depend on how
 * the images were divided. Not thread-safe.
 */
public final class EnergySpectrum implements Serializable {
  private static final long serialVersionUID = 1;

  private final RadialMean shares = new RadialMean();
  private long images;

  /**
   * Counts one image; a black one has no energy and counts for {@link #images} only.
   *
   * @param image {@code float[C][H][W]}
   */
  public void add(FloatImage image) {
    add(shares(image));
  }

  /** Counts one image by its {@link #shares}. */
  public void add(double[] sharesOfOne) {
    for (int d = 0; d < sharesOfOne.length; d++) {
      if (!Double.isNaN(sharesOfOne[d])) {
        shares.add(d, sharesOfOne[d]);
      }
    }
    images++;
  }

  /**
   * One image's share of energy by distance.
   *
   * @param image {@code float[C][H][W]}
   * @return summing to 1; NaN everywhere for a black image
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
   * Adds all that another one counted.
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

  /** The mean share by distance, nearest first; for images of one size the shares sum to 1. */
  public List<RadialPoint> curve() {
    return shares.curve();
  }
}
