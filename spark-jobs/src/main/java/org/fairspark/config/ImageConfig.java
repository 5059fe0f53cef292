package org.fairspark.config;

import java.util.OptionalInt;
import java.util.Set;
import org.fairspark.detect.Frame;
import org.fairspark.image.ImageSize;
import org.fairspark.image.Reduction;

/**
 * {@code image.*}.
 *
 * @param size that networks see, both sides multiples of 16
 * @param fit of images whose shape is another
 * @param tiles whether images are kept as they are and seen in tiles of {@code size}
 * @param tileOverlap of neighbouring tiles, in pixels
 * @param reduction by which images are resized
 * @param bitDepth bits of the samples in 16-bit files; empty finds them out for each category
 * @param sampleOffset added to the samples of 16-bit files; empty finds it out for each category
 * @param maxPixels most pixels of an image, by its header
 */
public record ImageConfig(
    ImageSize size,
    @EffectiveIf(Condition.IMAGE_IS_PADDED) Fit fit,
    @EffectiveIf(Condition.IMAGE_IS_TILED) boolean tiles,
    @EffectiveIf(Condition.IMAGE_IS_TILED) int tileOverlap,
    @EffectiveIf(Condition.IMAGE_IS_REDUCED_BY_AREA) Reduction reduction,
    @Absent("auto") OptionalInt bitDepth,
    @EffectiveIf(Condition.SAMPLE_OFFSET_IS_SET) @Absent("auto") OptionalInt sampleOffset,
    long maxPixels) {
  /** The ways to bring an image to {@code size} by resizing. */
  public enum Fit {
    /** To just that size, whatever the image's shape. */
    STRETCH,
    /** To fit in, the shape kept; what is left of the size scores nothing. */
    PAD
  }

  /** Four times the network halves the sides. */
  private static final int MULTIPLE = 16;

  private static final int LARGEST = 8192;

  private static final Set<Integer> DEPTHS = Set.of(8, 10, 12, 14, 16);

  public ImageConfig {
    new Checks()
        .require(
            size.equals(nearest(size)),
            "image.size",
            size,
            "must be a multiple of 16 from 16 to 8192, or two of them as 512 x 384 (width x"
                + " height); nearest is "
                + nearest(size))
        .require(
            !tiles || size.shorter() >= 2 * MULTIPLE,
            "image.tiles",
            tiles,
            "takes an image.size of at least 32, so that tiles can overlap")
        .require(
            tileOverlap >= MULTIPLE && tileOverlap % MULTIPLE == 0,
            "image.tile-overlap",
            tileOverlap,
            "must be a multiple of 16")
        .require(
            bitDepth.isEmpty() || DEPTHS.contains(bitDepth.getAsInt()),
            "image.bit-depth",
            bitDepth.orElse(0),
            "must be 8, 10, 12, 14, 16 or auto")
        .between("image.sample-offset", sampleOffset.orElse(0), 0, 32768)
        .between("image.max-pixels", maxPixels, 1, 700_000_000)
        .done();
  }

  /** Returns the way from images to what networks see. */
  public Frame frame() {
    return tiles
        ? new Frame(Frame.Fit.TILES, size, tileOverlap)
        : new Frame(fit == Fit.PAD ? Frame.Fit.PAD : Frame.Fit.STRETCH, size, 0, reduction);
  }

  /** Returns the nearest size that a network can take. */
  private static ImageSize nearest(ImageSize size) {
    return new ImageSize(nearest(size.height()), nearest(size.width()));
  }

  private static int nearest(int side) {
    return Math.max(1, Math.min(LARGEST, side + MULTIPLE / 2) / MULTIPLE) * MULTIPLE;
  }
}
