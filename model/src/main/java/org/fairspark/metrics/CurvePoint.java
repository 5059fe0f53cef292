package org.fairspark.metrics;

import java.io.Serializable;

/**
 * A point of a ROC or per-region overlap curve.
 *
 * @param falsePositiveRate the fraction of normal pixels whose score reaches a threshold
 * @param overlap the fraction of anomalous pixels (ROC), or the mean over regions of the fraction
 *     of their pixels (PRO), whose score reaches it
 */
public record CurvePoint(double falsePositiveRate, double overlap) implements Serializable {}
