package org.fairspark.image;

/** The ways of making an image smaller. */
public enum Reduction {
  /**
   * From the four nearest pixels, as FAIR's code: {@link Resize#bilinear(PixelImage, ImageSize)}.
   */
  BILINEAR {
    @Override
    public PixelImage resize(ImageCells image, ImageSize size) {
      return Resize.bilinear(image.pixels(), size);
    }
  },
  /**
   * The mean over the area that a new pixel covers (OpenCV's {@code INTER_AREA}, to within one
   * level). An image that grows on either side is resized bilinearly.
   */
  AREA {
    @Override
    public PixelImage resize(ImageCells image, ImageSize size) {
      return AreaMean.resize(image, size);
    }
  };

  /**
   * Resizes an image.
   *
   * @param image by its pixels; by larger cells only for a reduction by area on both sides
   * @return {@code uint8[H][W][C]} of the size
   */
  public abstract PixelImage resize(ImageCells image, ImageSize size);

  /**
   * Resizes an image.
   *
   * @return {@code uint8[H][W][C]} of the size
   */
  public final PixelImage resize(PixelImage image, ImageSize size) {
    return resize(ImageCells.ofPixels(image), size);
  }
}
