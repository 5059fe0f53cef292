package org.fairspark.network;

import java.io.Serializable;

/**
 * The constants of Adam, as PyTorch has them.
 *
 * @param beta1 share of the old mean of gradients, in [0,1)
 * @param beta2 share of the old mean of squared gradients, in [0,1)
 * @param weightDecay factor of the weights that are added to their gradients, at least 0
 */
public record AdamConstants(double beta1, double beta2, double weightDecay)
    implements Serializable {
  /** PyTorch's defaults. */
  public static final AdamConstants USUAL = new AdamConstants(0.9, 0.999, 0);

  /** Number that is added to the root of the mean of squared gradients. */
  public static final double EPSILON = 1e-8;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public AdamConstants {
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "Adam's betas must be in [0,1) and its weight decay at least 0, got %s, %s, %s"
              .formatted(beta1, beta2, weightDecay));
    }
  }
}
