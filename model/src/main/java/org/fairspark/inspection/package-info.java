/**
 * The part of an image that is inspected, and how large a place must be to count: one definition
 * ({@link org.fairspark.inspection.Inspection}) for calibration, evaluation, scoring, overlays and
 * reports.
 *
 * <p>It works on anomaly maps: outside they are 0, so that nothing there is a region or raises a
 * score. A value inside is still of its neighbourhood, as the map's function smooths it: a region
 * is drawn with a margin to what must not disturb.
 *
 * <p>To add a kind of region: a record of {@link org.fairspark.inspection.Region}.
 *
 * <p>Must not know networks, files or Spark.
 */
package org.fairspark.inspection;
