package org.fairspark.image.codec;

/**
 * The limits of what {@link ImageDecoder} decodes. They are checked against the file's header,
 * before memory for pixels is taken.
 *
 * @param maxPixels the largest number of pixels (width times height), 1 to 700 million
 */
public record DecodeLimits(long maxPixels) {
  /** A JVM array holds 2^31 bytes, that is 715 million RGB pixels. */
  private static final long ARRAY_LIMIT = 700_000_000L;

  /** One hundred million pixels: 300 MB of RGB. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(100_000_000L);

  public DecodeLimits {
    if (maxPixels < 1 || maxPixels > ARRAY_LIMIT) {
      throw new IllegalArgumentException(
          "maxPixels must be between 1 and %d, got %d".formatted(ARRAY_LIMIT, maxPixels));
    }
  }

  /** Checks the dimensions from a header. */
  void check(long width, long height) throws UndecodableImageException {
    if (width < 1 || height < 1) {
      throw UndecodableImageException.corrupt(
          "the header gives %d x %d pixels".formatted(width, height));
    }
    if (width > maxPixels || height > maxPixels || width * height > maxPixels) {
      throw new UndecodableImageException(
          UndecodableImageException.Reason.TOO_LARGE,
          "the header gives %d x %d pixels, more than the limit of %d"
              .formatted(width, height, maxPixels));
    }
  }
}
