package org.fairspark.store.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fairspark.color.ColorOrder;
import org.fairspark.config.EvaluationConfig;
import org.fairspark.config.ScoreSetting;

/** The choices behind the metrics, in words that stand beside them in {@code metrics.json}. */
public final class MetricConventions {
  private MetricConventions() {}

  /** Returns name to text or number, in the order to show them. */
  public static Map<String, Object> of(EvaluationConfig evaluation) {
    Map<String, Object> conventions = new LinkedHashMap<>();
    conventions.put("areas", "fractions of one; aupro as a fraction of its false-positive limit");
    conventions.put("fpr_limit", evaluation.fprLimit());
    conventions.put(
        "mask",
        switch (evaluation.maskConvention()) {
          case REFERENCE ->
              "reference: pixel_auroc counts only full white of the resized mask as anomalous,"
                  + " aupro everything above zero (as the paper's code)";
          case HALF -> "half: above one half of full white, for both";
          case NONZERO -> "nonzero: everything above zero, for both";
        });
    conventions.put(
        "mask_of_all_others",
        "half: pixel_auroc_half, aupro_half, aupro_05, pixel_ap, pixel_f1_max, aupimo, area_share"
            + " and at_threshold count as anomalous what is above one half of full white of the"
            + " mask resized to the map");
    conventions.put(
        "own_size",
        "half, on the mask at the size of its file: pixel_auroc_own_size and aupro_own_size, with"
            + " the map interpolated to that size (bilinear, half-pixel centres); images of more"
            + " than 4 194 304 pixels are not measured so");
    conventions.put("aupro_05", "aupro_half to a false-positive rate of 0.05, as a fraction of it");
    conventions.put(
        "average_precision",
        "sum over distinct scores of precision times the step of recall, nothing interpolated");
    conventions.put(
        "f1_max", "best F1 of any threshold, chosen on the test images themselves: an upper bound");
    conventions.put(
        "aupimo",
        "mean over anomalous images of recall at false-positive rates of normal images from 1e-5 to"
            + " 1e-4, over the rate's logarithm");
    conventions.put(
        "au_spro_05",
        "as aupro_05, of defects one by one as their mask files have them, each found whole from"
            + " the share of its pixels on that defects_config.json says (MVTec LOCO AD)");
    conventions.put(
        "at_threshold",
        "decisions at the thresholds that held-out normal images set; anomalous is what lies above;"
            + " background_false_positive_rate is of all normal pixels of the test images");
    conventions.put(
        "under_changes",
        "the test images changed on purpose (robustness.changes), at the thresholds of the images"
            + " as they are");
    conventions.put(
        "groups", "a group's score is the highest of its images; an image of no group is one");
    conventions.put(
        "area_share", "mean share of an image that its mask covers, of images with a mask");
    conventions.put("regions", "8-connected, each region of equal weight");
    conventions.put("ties", "count one half");
    conventions.put(
        "color_order",
        evaluation.colorOrder() == ColorOrder.RGB
            ? "rgb: red is red in the CIELAB conversion"
            : "reference-bgr: red and blue swapped in the CIELAB conversion, as the paper's code");
    conventions.put(
        "image_score",
        evaluation.score() == ScoreSetting.PAPER
            ? "the method's own; of an image and its restoration the maximum of the smoothed anomaly map"
            : "evaluation.score = " + evaluation.score().word());
    conventions.put(
        "f1_threshold",
        "image score from which on images are best called anomalous, by F1 on the test images");
    conventions.put(
        "normal_mse", "mean over normal test images of the squared restoration error, [0,1] units");
    conventions.put("bounds", "half width of a bracket that holds the exact value");
    return conventions;
  }
}
