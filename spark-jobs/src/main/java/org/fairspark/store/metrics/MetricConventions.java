package org.fairspark.store.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fairspark.color.ColorOrder;
import org.fairspark.config.EvaluationConfig;

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
    conventions.put("regions", "8-connected, each region of equal weight");
    conventions.put("ties", "count one half");
    conventions.put(
        "color_order",
        evaluation.colorOrder() == ColorOrder.RGB
            ? "rgb: red is red in the CIELAB conversion"
            : "reference-bgr: red and blue swapped in the CIELAB conversion, as the paper's code");
    conventions.put("image_score", "maximum of the smoothed anomaly map");
    conventions.put(
        "f1_threshold",
        "image score from which on images are best called anomalous, by F1 on the test images");
    conventions.put(
        "normal_mse", "mean over normal test images of the squared restoration error, [0,1] units");
    conventions.put("bounds", "half width of a bracket that holds the exact value");
    return conventions;
  }
}
