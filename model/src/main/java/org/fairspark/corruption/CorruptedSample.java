package org.fairspark.corruption;

import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/**
 * A training sample.
 *
 * @param corrupted {@code float[3][H][W]}, RGB in [0,1]: what the network's input is made from
 * @param target {@code uint8[H][W][3]}: what it has to restore, the clean image or its rotation
 * @param mask {@code uint8[H][W][1]}: 255 where corruption was put, whether or not it changed the
 *     value there
 * @param kind what was done
 * @param rotationDegrees by how much the clean image was turned, so that {@link
 *     Warp#rotate(PixelImage, double)} of it gives the target; 0 where it was not
 * @param detail the parameters of what was done, to be read by people
 */
public record CorruptedSample(
    FloatImage corrupted,
    PixelImage target,
    PixelImage mask,
    CorruptionKind kind,
    double rotationDegrees,
    String detail) {}
