package org.fairspark.frequency;

import java.io.Serializable;

/**
 * A value at a distance from the zero frequency, over images.
 *
 * @param distance in cycles per image, rounded to a whole number
 * @param mean over the images
 * @param deviation the standard deviation between images
 * @param images the number of images with a value at this distance
 */
public record RadialPoint(int distance, double mean, double deviation, long images)
    implements Serializable {}
