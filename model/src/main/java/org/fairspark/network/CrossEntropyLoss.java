package org.fairspark.network;

/**
 * The binary cross-entropy of predicted labels from 0 to 1, with its gradient: {@code -(t log p +
 * (1 - t) log(1 - p))}, where t is a pixel's label and p what the network predicts, as a mean over
 * pixels.
 *
 * <p>Source: Schlüter et al., Natural Synthetic Anomalies for Self-Supervised Anomaly Detection and
 * Localization (ECCV 2022), whose labels of pixels are bounded differences.
 */
public final class CrossEntropyLoss {
  private CrossEntropyLoss() {}

  /**
   * Returns the loss of a batch and its derivative by every logit.
   *
   * @param logits logarithms of the odds p / (1 - p), any layout
   * @param labels from 0 to 1, in the same layout
   * @param gradient receives the derivatives; null: not wanted
   * @return in {@link Loss#l2()}
   */
  public static Loss compute(float[] logits, float[] labels, float[] gradient) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double x = logits[i];
      // The exponential of a number that is not above 0: never too large.
      double small = Math.exp(-Math.abs(x));
      sum += Math.max(x, 0) - x * labels[i] + Math.log1p(small);
      if (gradient != null) {
        double p = (x < 0 ? small : 1) / (1 + small);
        gradient[i] = (float) ((p - labels[i]) / logits.length);
      }
    }
    return new Loss(sum / logits.length, 0);
  }
}
