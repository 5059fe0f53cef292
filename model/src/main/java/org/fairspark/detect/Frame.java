package org.fairspark.detect;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.fairspark.image.ImageCells;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Reduction;
import org.fairspark.image.Resize;
import org.fairspark.image.Window;
import org.fairspark.random.SeededRandom;

/**
 * The way by which images of any size come to the size that a network sees, and maps back.
 *
 * <p>An image is <em>kept</em> at a size of its own: that of {@code images/}, of its mask, its map
 * and all that is measured. What the network sees beside it, the rest of a padded image and what
 * surrounds a tile, is made where the network is called and cut off again there. So it cannot take
 * part in a score, a threshold or a metric.
 *
 * @param fit of images to the network
 * @param size of what the network sees
 * @param overlap of neighbouring tiles, in pixels, a multiple of 16; less where tiles have no room
 *     for it
 * @param reduction by which images, not their masks, come to the size that they are kept in; tiles
 *     are of images that are not resized
 */
public record Frame(Fit fit, ImageSize size, int overlap, Reduction reduction)
    implements Serializable {
  private static final int PHASE = 16;

  /** The ways of fitting. */
  public enum Fit {
    /** Every image is resized to the network's size, whatever its shape. */
    STRETCH,
    /**
     * Every image is resized to fit in, its shape kept, and mirrored at its right or lower edge.
     */
    PAD,
    /** Every image is kept as it is, and cut into overlapping tiles. */
    TILES
  }

  /**
   * @throws IllegalArgumentException if tiles have no room for an overlap
   */
  public Frame {
    Objects.requireNonNull(fit, "fit");
    Objects.requireNonNull(reduction, "reduction");
    overlap = Math.min(overlap, size.shorter() / 2 / PHASE * PHASE);
    if (fit == Fit.TILES && overlap < PHASE) {
      throw new IllegalArgumentException(
          "tiles of %s have no room to overlap by 16 pixels".formatted(size.both()));
    }
  }

  /** Makes a frame that resizes bilinearly, where it resizes. */
  public Frame(Fit fit, ImageSize size, int overlap) {
    this(fit, size, overlap, Reduction.BILINEAR);
  }

  /** Returns the frame that resizes every image to the network's size, bilinearly. */
  public static Frame stretching(ImageSize size) {
    return new Frame(Fit.STRETCH, size, 0);
  }

  /** Returns the size in which an image is kept. */
  public ImageSize kept(ImageSize original) {
    return switch (fit) {
      case STRETCH -> size;
      case TILES -> original;
      case PAD -> {
        // By whole numbers: the side that fills the frame does so to the pixel.
        boolean wide =
            (long) original.width() * size.height() >= (long) original.height() * size.width();
        yield wide
            ? new ImageSize(scaled(original.height(), size.width(), original.width()), size.width())
            : new ImageSize(
                size.height(), scaled(original.width(), size.height(), original.height()));
      }
    };
  }

  private static int scaled(int side, int to, int from) {
    return (int) Math.max(1, Math.round((double) side * to / from));
  }

  /** Returns the size in which all images are kept; empty where each has its own. */
  public Optional<ImageSize> keptAlike() {
    return fit == Fit.STRETCH ? Optional.of(size) : Optional.empty();
  }

  /**
   * Returns the size to which an image is reduced by area once it is decoded, for which means of
   * its pixels will do; its own size where the pixels are needed.
   */
  public ImageSize needed(ImageSize original) {
    return reduction == Reduction.AREA_SCALED_JPEG ? kept(original) : original;
  }

  /** Returns an image as it is kept. */
  public PixelImage keep(PixelImage image) {
    return keep(ImageCells.ofPixels(image));
  }

  /**
   * Returns an image as it is kept.
   *
   * @param image decoded as {@link #needed} says
   */
  public PixelImage keep(ImageCells image) {
    return reduction.resize(image, kept(image.size()));
  }

  /** Returns an image's mask as it is kept: resized bilinearly, whatever the image is. */
  public PixelImage keepMask(PixelImage mask) {
    return Resize.bilinear(mask, kept(mask.size()));
  }

  /**
   * Returns what a network learns from a kept image: the image in its frame, or one tile.
   *
   * @param seed that draws the tile
   * @return an image of {@link #size}
   */
  public PixelImage view(PixelImage kept, long seed) {
    if (fit != Fit.TILES) {
      return Window.of(kept, 0, 0, size);
    }
    SeededRandom random = SeededRandom.of(seed, "tile", 0);
    int top = random.nextInt(Math.max(1, kept.height() - size.height() + 1));
    int left = random.nextInt(Math.max(1, kept.width() - size.width() + 1));
    return Window.of(kept, top, left, size);
  }

  /** Returns how many times the network sees an image of this size. */
  public long tiles(ImageSize kept) {
    return fit == Fit.TILES ? TiledDetector.tiles(size, overlap, kept) : 1;
  }

  /**
   * Returns a detector of kept images.
   *
   * @param detector of what the network sees
   */
  public AnomalyDetector of(AnomalyDetector detector) {
    return switch (fit) {
      case STRETCH -> detector;
      case PAD -> new PaddedDetector(detector, size);
      case TILES -> new TiledDetector(detector.tiles().orElseThrow(), size, overlap);
    };
  }
}
