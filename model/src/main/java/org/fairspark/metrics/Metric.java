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
  NORMAL_MSE("normal_mse", "normal MSE"),
  /** Average precision of image scores, a fraction of one. */
  IMAGE_AP("image_ap", "image AP"),
  /** The best F1 of image scores at any threshold. */
  IMAGE_F1_MAX("image_f1_max", "image F1-max"),
  /** {@link #PIXEL_AUROC} with the pixels anomalous whose mask is above one half. */
  PIXEL_AUROC_HALF("pixel_auroc_half", "pixel AUROC (half)"),
  /** {@link #AUPRO} with the regions of masks above one half. */
  AUPRO_HALF("aupro_half", "AUPRO (half)"),
  /**
   * {@link #PIXEL_AUROC_HALF} on masks at the size of their files, with maps interpolated to it.
   */
  PIXEL_AUROC_OWN_SIZE("pixel_auroc_own_size", "pixel AUROC (own size)"),
  /** {@link #AUPRO_HALF} on masks at the size of their files, with maps interpolated to it. */
  AUPRO_OWN_SIZE("aupro_own_size", "AUPRO (own size)"),
  /** {@link #AUPRO_HALF} up to a false-positive rate of 0.05, a fraction of that. */
  AUPRO_05("aupro_05", "AUPRO to 0.05"),
  /** Average precision of all pixels together; anomalous where the mask is above one half. */
  PIXEL_AP("pixel_ap", "pixel AP"),
  /** The best F1 of all pixels together at any threshold; masks above one half. */
  PIXEL_F1_MAX("pixel_f1_max", "pixel F1-max"),
  /**
   * Mean over anomalous images of the area under the recall of their pixels at false-positive rates
   * of normal images from 1e-5 to 1e-4, in the rate's logarithm; masks above one half.
   */
  AUPIMO("aupimo", "AUPIMO"),
  /**
   * {@link #AUPRO_05} of defects whose overlap counts as whole from a saturation on (MVTec LOCO
   * AD); only where saturations are known.
   */
  AU_SPRO_05("au_spro_05", "AU-sPRO to 0.05");

  /** The paper's areas under curves: fractions of one, shown in percent; high is good. */
  public static final List<Metric> AREAS = List.of(IMAGE_AUROC, PIXEL_AUROC, AUPRO);

  /** The figures of the paper: {@link #AREAS} and the error. */
  public static final List<Metric> PAPER = List.of(IMAGE_AUROC, PIXEL_AUROC, AUPRO, NORMAL_MSE);

  /** The others: fractions of one, shown in percent; high is good. */
  public static final List<Metric> MORE =
      List.of(
          IMAGE_AP,
          IMAGE_F1_MAX,
          PIXEL_AUROC_HALF,
          AUPRO_HALF,
          PIXEL_AUROC_OWN_SIZE,
          AUPRO_OWN_SIZE,
          AUPRO_05,
          PIXEL_AP,
          PIXEL_F1_MAX,
          AUPIMO,
          AU_SPRO_05);

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
