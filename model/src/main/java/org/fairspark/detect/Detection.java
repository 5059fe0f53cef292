package org.fairspark.detect;

import org.fairspark.image.FloatImage;

/**
 * What was found in one image.
 *
 * @param input the network's input, {@code float[C][H][W]}: the image's high frequencies
 * @param restored the restoration, {@code float[3][H][W]}, RGB, not clipped
 * @param map the anomaly map, {@code float[1][H][W]}
 * @param score the image's anomaly score: the map's maximum
 * @param restorationMse mean squared error of the restoration over pixels and channels of the image
 *     in [0,1] (the paper's "normal error", there in units of 1e-4)
 */
public record Detection(
    FloatImage input, FloatImage restored, FloatImage map, float score, double restorationMse) {}
