/**
 * The anomaly evaluation function (paper section 3.4), which makes an anomaly map and a score of an
 * image and its restoration, and the rendering of maps.
 *
 * <p>Must not know how the restoration was made.
 *
 * <p>To add a term to the map: write a package-private class that adds the term, times its weight,
 * to {@code float[H][W]}, as {@code ColorDifference} does, and give {@link
 * org.fairspark.anomaly.AnomalyFunction} a component for the weight, 0 by default, so that maps
 * stay as they are; the setting is a component of {@code config.EvaluationConfig} in the jobs.
 * Kernels keep their buffers in {@code Scratch}: a map is made once per image.
 */
package org.fairspark.anomaly;
