/**
 * Results of an evaluation on disk: {@code metrics.json}, {@code metrics.csv} and {@code
 * frequencies.json}, each with one writer and one reader that speak in typed records.
 *
 * <p>Must not compute a metric, and no other package may parse these files.
 *
 * <p>To add a metric: add a constant to {@link org.fairspark.metrics.Metric}, compute it where the
 * compiler then asks for it ({@link org.fairspark.metrics.CategoryMetrics}), and decide in {@code
 * MetricsJson} whether types of defect have it too. {@code metrics.csv}, the terminal's lines and
 * the means follow by themselves; {@link org.fairspark.report} says what the page needs.
 */
package org.fairspark.store.metrics;
