package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The metrics of one type of defect, each against the category's normal images.
 *
 * @param values by metric; the restoration error of normal images is the category's
 * @param images number of images with the defect
 * @param regions number of anomalous regions in their masks
 */
public record DefectResult(MetricValues values, long images, long regions)
    implements Serializable {}
