package org.fairspark.anomaly;

/**
 * One channel of an image, within a larger array.
 *
 * @param values holds {@code float[height][width]} from the offset on; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record Plane(float[] values, int offset, int height, int width) {}
