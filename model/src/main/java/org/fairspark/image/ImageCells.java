package org.fairspark.image;

/**
 * An image by its cells: rectangles of pixels, laid from the upper left corner, of each of which
 * the mean is known. Cells of one pixel are the image itself. Those at the right and the lower edge
 * may reach beyond it.
 *
 * @param means {@code uint8[ceil(H / h)][ceil(W / w)][C]}
 * @param size of the image in pixels, {@code H} and {@code W}
 * @param cell size of a cell in pixels, {@code h} and {@code w}
 */
public record ImageCells(PixelImage means, ImageSize size, ImageSize cell) {
  private static final ImageSize PIXEL = ImageSize.square(1);

  /**
   * @throws IllegalArgumentException if the means are not of all cells
   */
  public ImageCells {
    if (!means.size().equals(of(size, cell))) {
      throw new IllegalArgumentException(
          "an image of %s has no %s cells of %s"
              .formatted(size.both(), means.size().both(), cell.both()));
    }
  }

  /** Returns an image whose cells are its pixels. */
  public static ImageCells ofPixels(PixelImage image) {
    return new ImageCells(image, image.size(), PIXEL);
  }

  /** Returns the number of cells in a column and in a row of an image. */
  public static ImageSize of(ImageSize size, ImageSize cell) {
    return new ImageSize(
        (size.height() + cell.height() - 1) / cell.height(),
        (size.width() + cell.width() - 1) / cell.width());
  }

  /** Returns whether the cells are the image's pixels. */
  public boolean arePixels() {
    return cell.equals(PIXEL);
  }

  /**
   * Returns the image's pixels.
   *
   * @throws IllegalStateException if only the means of larger cells are known
   */
  public PixelImage pixels() {
    if (!arePixels()) {
      throw new IllegalStateException(
          "of the image of %s only the means of %s pixels were decoded"
              .formatted(size.both(), cell.both()));
    }
    return means;
  }
}
