package org.fairspark.image.codec;

import org.fairspark.image.ImageCells;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;

/**
 * A decoded file: its pixels, and what is worth telling about how they were come by.
 *
 * @param cells of one pixel, unless means were asked for: {@code uint8[H][W][3]}, or {@code
 *     uint8[H][W][1]} of a mask
 * @param orientation the EXIF orientation by which they were turned, 1 (not at all) to 8
 * @param pages pictures in the file, of which one was taken
 * @param samples evidence on the depth of 16-bit samples
 * @param clipped whether samples were larger than the depth by which they were read, and became 255
 * @param lossy whether the format changes values, as JPEG does
 */
public record DecodedImage(
    ImageCells cells,
    int orientation,
    int pages,
    WideSamples samples,
    boolean clipped,
    boolean lossy) {

  /** Returns an image that nothing is to be told about. */
  static DecodedImage of(PixelImage pixels) {
    return of(ImageCells.ofPixels(pixels));
  }

  /** Returns an image that nothing is to be told about. */
  static DecodedImage of(ImageCells cells) {
    return new DecodedImage(cells, Orientation.NORMAL, 1, WideSamples.NONE, false, false);
  }

  /** Returns the file's pixels, turned upright; not for an image of larger cells. */
  public PixelImage pixels() {
    return cells.pixels();
  }

  /** Returns the size of the file's picture, turned upright. */
  public ImageSize size() {
    return cells.size();
  }

  /** Returns the image turned upright by an EXIF orientation. */
  DecodedImage upright(int exif) {
    return new DecodedImage(Orientation.apply(cells, exif), exif, pages, samples, clipped, lossy);
  }

  /** Returns the image as one of a file of several. */
  DecodedImage ofPages(int number) {
    return new DecodedImage(cells, orientation, number, samples, clipped, lossy);
  }

  /** Returns the image as one of a format that changes values. */
  DecodedImage asLossy() {
    return new DecodedImage(cells, orientation, pages, samples, clipped, true);
  }

  /** Returns whether the EXIF orientation turned or mirrored the pixels. */
  public boolean isTurned() {
    return orientation != Orientation.NORMAL;
  }

  /** Turns another picture, such as a mask, as this one was turned. */
  public PixelImage turn(PixelImage other) {
    return Orientation.apply(other, orientation);
  }
}
