package org.fairspark.metrics;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;

/**
 * The figures of a category, or of one type of defect against the category's normal images.
 *
 * @param imageAuroc of image scores
 * @param pixelAuroc of all pixels together
 * @param aupro area under the per-region overlap curve up to the false-positive rate limit, as a
 *     fraction of the limit
 * @param images how many: all of a category, or those with the defect
 * @param anomalousImages how many of them are anomalous
 * @param imagesWithoutMask anomalous ones that have no mask; they count for {@code imageAuroc} only
 * @param regions anomalous regions in all masks
 * @param normalMse mean squared restoration error of normal images, in [0,1] units
 * @param f1Threshold the image score from which on images are best called anomalous, by F1
 * @param f1 F1 there: harmonic mean of precision and recall
 * @param roc the pixels' ROC curve, at most 200 points; empty where pixel AUROC is not defined
 * @param pro the per-region overlap curve, at most 200 points; empty where AUPRO is not defined
 * @param defects by type of defect; empty for a type of defect
 */
public record MetricResult(
    Area imageAuroc,
    Area pixelAuroc,
    Area aupro,
    long images,
    long anomalousImages,
    long imagesWithoutMask,
    long regions,
    Area normalMse,
    Area f1Threshold,
    Area f1,
    List<CurvePoint> roc,
    List<CurvePoint> pro,
    SortedMap<String, MetricResult> defects)
    implements Serializable {}
