package org.fairspark.network;

/**
 * The training loss of one batch (paper section 3.3): not finite where training has diverged.
 *
 * @param l2 mean squared error over images, channels and pixels; of a network that makes a mask,
 *     its {@link FocalLoss} or {@link CrossEntropyLoss}
 * @param ssim one minus the mean structural similarity; 0 for a mask
 */
public record Loss(double l2, double ssim) {
  /** Returns the sum, which training lowers. */
  public double total() {
    return l2 + ssim;
  }

  /** Returns whether training can go on. */
  public boolean isFinite() {
    return Double.isFinite(total());
  }
}
