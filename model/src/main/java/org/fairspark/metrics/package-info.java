/**
 * The metrics of a category ({@link org.fairspark.metrics.Metric}), of decisions at given
 * thresholds, and the drift of scores, from mergeable accumulators: executors count their images
 * apart, and merged parts equal the whole to the last bit.
 *
 * <p>Areas and F1 of pixels come from a histogram of at most 2^16 bins and carry the half width of
 * an interval that holds the exact value whatever the order of scores within a bin; those of images
 * are exact up to a million images. Decisions are counted one by one and are exact.
 *
 * <p>Must not know images beyond scores, labels and masks, nor Spark.
 *
 * <p>To add a metric:
 *
 * <ol>
 *   <li>If {@code Tally} does not count what it needs, count it there: integers or fixed-point
 *       numbers, added in {@code merge}, written and read in one order, with a new {@code
 *       CategoryMetrics.FORMAT}.
 *   <li>Add a constant to {@link org.fairspark.metrics.Metric} and to its list {@code MORE}, with
 *       its names in files and in text; the compiler then asks {@code TallyMetrics} for its value,
 *       an {@link org.fairspark.metrics.Area} with the reason where it is not defined.
 *   <li>Compare it with a case computed by hand in {@code DecisionMetricsTest} and with sorting all
 *       scores in {@code DegenerateMapsTest}; the tests of merged parts then cover it. The jobs
 *       write every metric to {@code metrics.json}, and reports show it.
 * </ol>
 */
package org.fairspark.metrics;
