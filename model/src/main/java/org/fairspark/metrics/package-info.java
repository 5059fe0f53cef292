/**
 * Image AUROC, pixel AUROC, AUPRO and F1 of a category, and the drift of scores, from mergeable
 * accumulators: executors count their images apart, and merged parts equal the whole to the last
 * bit.
 *
 * <p>Must not know images beyond scores, labels and masks, nor Spark.
 *
 * <p>To add a metric:
 *
 * <ol>
 *   <li>If {@code Tally} does not count what it needs, count it there: integers or fixed-point
 *       numbers, added in {@code merge}, written and read in one order, with a new {@code
 *       CategoryMetrics.FORMAT}.
 *   <li>Add a constant to {@link org.fairspark.metrics.Metric}, with its names in files and in
 *       text; the compiler then asks {@code CategoryMetrics} for its value, an {@link
 *       org.fairspark.metrics.Area} with the reason where it is not defined.
 *   <li>Compare it with a case computed by hand in {@code CategoryMetricsTest}, whose test of
 *       merged parts then covers it. The jobs write every metric to {@code metrics.json}.
 * </ol>
 */
package org.fairspark.metrics;
