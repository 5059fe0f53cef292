package org.fairspark.metrics;

import java.util.List;

/** A measure of how well a category's anomalies stand out, or of how well it is restored. */
public enum Metric {
  /** Area under the ROC curve of image scores, a fraction of one. */
  IMAGE_AUROC("image_auroc", "image AUROC"),
  /** Area under the ROC curve of all pixels together, a fraction of one. */
  PIXEL_AUROC("pixel_auroc", "pixel AUROC"),
  /**
   * Area under the per-region overlap curve up to the false-positive rate limit, a fraction of the
   * limit.
   */
  AUPRO("aupro", "AUPRO"),
  /** Mean squared restoration error of normal images, in [0,1] units squared; low is good. */
  NORMAL_MSE("normal_mse", "normal MSE");

  /** The areas under curves: fractions of one, shown in percent; high is good. */
  public static final List<Metric> AREAS = List.of(IMAGE_AUROC, PIXEL_AUROC, AUPRO);

  private final String key;
  private final String label;

  Metric(String key, String label) {
    this.key = key;
    this.label = label;
  }

  /** Returns the name in files, such as {@code image_auroc}. */
  public String key() {
    return key;
  }

  /** Returns the name in text, such as "image AUROC". */
  public String label() {
    return label;
  }
}
