package org.fairspark.metrics;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of one category's evaluation.
 *
 * @param values by metric
 * @param counts of its test images
 * @param best the threshold of image scores with the best F1
 * @param roc the pixels' ROC curve, at most 200 points; empty where pixel AUROC is not defined
 * @param pro the per-region overlap curve, at most 200 points; empty where AUPRO is not defined
 * @param defects by type of defect
 * @param decisions metrics of decisions on the images
 */
public record CategoryResult(
    MetricValues values,
    ImageCounts counts,
    F1Threshold best,
    List<CurvePoint> roc,
    List<CurvePoint> pro,
    SortedMap<String, DefectResult> defects,
    DecisionResult decisions) {
  public CategoryResult {
    roc = List.copyOf(roc);
    pro = List.copyOf(pro);
    defects = Collections.unmodifiableSortedMap(new TreeMap<>(defects));
  }

  /** Returns this result with the reason why there are no decisions, where there are none. */
  public CategoryResult undecidedBecause(String because) {
    return decisions.atThreshold().isPresent()
        ? this
        : new CategoryResult(
            values, counts, best, roc, pro, defects, decisions.undecidedBecause(because));
  }

  /** Returns this result with the metrics of the same images under stated changes. */
  public CategoryResult under(Slices changes) {
    return new CategoryResult(values, counts, best, roc, pro, defects, decisions.under(changes));
  }

  /** Returns this result as one of a slice, without kinds of defect and the like. */
  public SliceResult slice() {
    return new SliceResult(values, counts, decisions.atThreshold());
  }

  /** Returns the value of one metric. */
  public Area value(Metric metric) {
    return values.get(metric);
  }
}
