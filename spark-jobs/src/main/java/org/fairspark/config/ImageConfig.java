package org.fairspark.config;

import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code image.*}.
 *
 * @param size height and width that images are resized to, in pixels; a multiple of 16
 * @param bitDepth bits of the samples in 16-bit files; empty finds them out for each category
 * @param maxPixels most pixels of an image, by its header
 */
public record ImageConfig(int size, @Absent("auto") OptionalInt bitDepth, long maxPixels) {
  private static final Set<Integer> DEPTHS = Set.of(8, 10, 12, 14, 16);

  public ImageConfig {
    new Checks()
        .require(
            size >= 16 && size <= 8192 && size % 16 == 0,
            "image.size",
            size,
            "must be a multiple of 16 from 16 to 8192")
        .require(
            bitDepth.isEmpty() || DEPTHS.contains(bitDepth.getAsInt()),
            "image.bit-depth",
            bitDepth.orElse(0),
            "must be 8, 10, 12, 14, 16 or auto")
        .between("image.max-pixels", maxPixels, 1, 700_000_000)
        .done();
  }
}
