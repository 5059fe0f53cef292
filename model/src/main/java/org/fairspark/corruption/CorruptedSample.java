package org.fairspark.corruption;

import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/**
 * A training sample.
 *
 * @param corrupted {@code float[3][H][W]}, RGB in [0,1], from which the network's input is
 *     extracted
 * @param target {@code uint8[H][W][3]}, which the network has to restore: the clean image or its
 *     rotation
 * @param mask {@code uint8[H][W][1]}: 255 where the corruption was applied, whether or not it
 *     changed the value there
 * @param kind of the corruption
 * @param rotationDegrees the clean image's rotation, so that {@link Warp#rotate(PixelImage,
 *     double)} of it gives the target; 0 if it was not rotated
 * @param detail the corruption's parameters in words
 */
public record CorruptedSample(
    FloatImage corrupted,
    PixelImage target,
    PixelImage mask,
    CorruptionKind kind,
    double rotationDegrees,
    String detail) {}
