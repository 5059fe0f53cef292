package org.fairspark.metrics;

import java.util.Optional;

/**
 * The metrics of one type of defect, each against the category's normal images.
 *
 * @param values by metric; the restoration error of normal images is the category's
 * @param images number of images with the defect
 * @param regions number of anomalous regions in their masks
 * @param areaShare mean share of an image's pixels that its mask, above one half, covers
 * @param atThreshold decisions at the calibrated thresholds, if there are such
 */
public record DefectResult(
    MetricValues values,
    long images,
    long regions,
    Area areaShare,
    Optional<AtThreshold> atThreshold) {}
