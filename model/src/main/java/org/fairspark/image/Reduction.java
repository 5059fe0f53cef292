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
  },
  /**
   * As {@link #AREA}, of JPEGs that are decoded at the scale that is needed: to means over cells of
   * 2, 4 or 8 pixels a side, of which a new pixel covers at least two by two. They are made of the
   * low frequencies alone, and a cell that two new pixels share counts in both by its mean: the
   * result is within 0.3 levels of that of {@link #AREA} on average, of fine textures within 3 and
   * in some of their pixels within 30.
   */
  AREA_SCALED_JPEG {
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
