package org.fairspark.image;

/** The ways of making an image smaller. */
public enum Reduction {
  /**
   * From the four nearest pixels, as FAIR's code: {@link Resize#bilinear(PixelImage, ImageSize)}.
   */
  BILINEAR {
    @Override
    public PixelImage resize(PixelImage image, ImageSize size) {
      return Resize.bilinear(image, size);
    }
  },
  /**
   * The mean over the area that a new pixel covers (OpenCV's {@code INTER_AREA}, to within one
   * level). An image that grows on either side is resized bilinearly.
   */
  AREA {
    @Override
    public PixelImage resize(PixelImage image, ImageSize size) {
      return AreaMean.resize(image, size);
    }
  };

  /**
   * Resizes an image.
   *
   * @return {@code uint8[H][W][C]} of the size
   */
  public abstract PixelImage resize(PixelImage image, ImageSize size);
}
