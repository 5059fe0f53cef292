package org.fairspark.config;

import org.fairspark.anomaly.ColorOrder;
import org.fairspark.metrics.MaskConvention;

/**
 * {@code evaluation.*}.
 *
 * @param gradient whether MSGMS takes part in the map
 * @param colorWeight k of the colour difference (paper equation 10); 0 leaves colour out
 * @param colorOrder which channels are red and blue in the CIELAB conversion
 * @param scales scales of MSGMS
 * @param smoothing side of the mean filter, odd
 * @param fprLimit false-positive rate up to which AUPRO integrates
 * @param maskConvention which resized mask pixels are anomalous
 * @param batchSize images restored at a time in a task
 */
public record EvaluationConfig(
    boolean gradient,
    double colorWeight,
    ColorOrder colorOrder,
    int scales,
    int smoothing,
    double fprLimit,
    MaskConvention maskConvention,
    int batchSize) {}
