/**
 * {@code evaluate}: from models and test images to {@code maps/} and {@code metrics/}.
 *
 * <p>{@code EvaluationWork} says what is there and what is left. {@link
 * org.fairspark.job.evaluate.DetectionTask} makes the anomaly maps of a partition, {@link
 * org.fairspark.job.evaluate.MapRows} their rows, {@link org.fairspark.job.evaluate.MapMetrics} the
 * mergeable metrics of a category.
 *
 * <p>Must not hold a metric's formula: that is {@code org.fairspark.metrics} of the model module,
 * whose package says how to add one.
 */
package org.fairspark.job.evaluate;
