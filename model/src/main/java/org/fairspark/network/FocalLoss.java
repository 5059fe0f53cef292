package org.fairspark.network;

/**
 * The focal loss of a predicted mask, with its gradient: {@code -(1 - q)^2 log q}, where q is the
 * probability that the network gives to what a pixel really is, as a mean over pixels. Pixels that
 * are clear already weigh little, so that the many uncorrupted ones do not drown the few others.
 *
 * <p>Source: Lin et al., Focal Loss for Dense Object Detection (2017), with gamma 2 and no class
 * weights, as the second network of DRAEM, which the paper's Table 11 compares with, is trained.
 */
public final class FocalLoss {
  private FocalLoss() {}

  /**
   * Returns the loss of a batch and its derivative by every logit.
   *
   * @param logits any layout
   * @param mask 1 where a pixel is corrupted, 0 elsewhere, in the same layout
   * @param gradient receives the derivatives; null: not wanted
   * @return in {@link Loss#l2()}
   */
  public static Loss compute(float[] logits, float[] mask, float[] gradient) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double sign = mask[i] > 0.5f ? 1 : -1;
      double u = sign * logits[i];
      double logQ = logSigmoid(u);
      double q = Math.exp(logQ);
      double rest = Math.exp(logSigmoid(-u));
      sum -= rest * rest * logQ;
      if (gradient != null) {
        double slope = rest * rest * (2 * q * logQ - rest);
        gradient[i] = (float) (sign * slope / logits.length);
      }
    }
    return new Loss(sum / logits.length, 0);
  }

  /** Returns the logarithm of 1 / (1 + exp(-u)), for any u. */
  private static double logSigmoid(double u) {
    return u < 0 ? u - Math.log1p(Math.exp(u)) : -Math.log1p(Math.exp(-u));
  }
}
