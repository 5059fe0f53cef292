package org.fairspark.metrics;

import java.io.Serializable;

/**
 * Metrics of one type of defect, each against the category's normal images.
 *
 * @param values by metric; the restoration error of normal images is the category's
 * @param images how many have the defect
 * @param regions anomalous regions in their masks
 */
public record DefectResult(MetricValues values, long images, long regions)
    implements Serializable {}
