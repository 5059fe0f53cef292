package org.fairspark.metrics;

import java.io.Serializable;

/**
 * A point of a ROC or per-region overlap curve.
 *
 * @param falsePositiveRate the share of normal pixels that reach the threshold
 * @param overlap the share of anomalous pixels (ROC), or the mean share of each region's pixels
 *     (PRO), that reach it
 */
public record CurvePoint(double falsePositiveRate, double overlap) implements Serializable {}
