/**
 * Results of an evaluation on disk: {@code metrics.json}, {@code metrics.csv} and {@code
 * frequencies.json}, each with one writer and one reader that speak in typed records.
 *
 * <p>Must not compute a metric, and no other package may parse these files.
 *
 * <p>To add a metric: {@link org.fairspark.metrics} says where; {@code metrics.json}, the tables
 * and the means follow by themselves, and so do reports.
 */
package org.fairspark.store.metrics;
