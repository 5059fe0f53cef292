package org.fairspark.files;

import java.util.function.UnaryOperator;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.DecodedImage;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.UndecodableImageException;

/**
 * Images and masks of files that were read, where a bad file is an {@link UnreadableFileException}.
 */
public final class ImageFiles {
  /** Most levels by which a format with loss makes pixels of one value differ. */
  private static final int LOSS = 32;

  private ImageFiles() {}

  /**
   * Decodes an image of no data set, such as a texture.
   *
   * @throws UnreadableFileException if the bytes give no image within the limits
   */
  public static PixelImage decode(byte[] file, DecodeLimits limits) {
    return read(file, limits, BitDepth.OF_FILE).pixels();
  }

  /**
   * Decodes an image by its data set's depth of 16-bit samples.
   *
   * @throws UnreadableFileException if the bytes give no image within the limits
   */
  public static DecodedImage read(byte[] file, DecodeLimits limits, BitDepth depth) {
    return read(file, limits, depth, UnaryOperator.identity());
  }

  /**
   * Decodes an image that is reduced by area afterwards: maybe to means of its pixels.
   *
   * @param needed the size to which an image of a size is reduced: its own where its pixels are
   *     needed
   * @throws UnreadableFileException if the bytes give no image within the limits
   */
  public static DecodedImage read(
      byte[] file, DecodeLimits limits, BitDepth depth, UnaryOperator<ImageSize> needed) {
    try {
      return ImageDecoder.read(file, limits, depth, needed);
    } catch (UndecodableImageException e) {
      throw unreadable(e);
    }
  }

  /**
   * Decodes a mask, of one channel.
   *
   * @throws UnreadableFileException if the bytes give no image within the limits
   */
  public static DecodedImage readMask(byte[] file, DecodeLimits limits) {
    try {
      return ImageDecoder.readMask(file, limits);
    } catch (UndecodableImageException e) {
      throw unreadable(e);
    }
  }

  /**
   * Returns whether a mask has no pixel that is set.
   *
   * @throws UnreadableFileException if the bytes give no image
   */
  public static boolean isBlackMask(byte[] file) {
    for (byte value : readMask(file, DecodeLimits.DEFAULT).pixels().pixels()) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether a mask sets no pixel apart.
   *
   * @param background the colour of what is normal, {@code 0xRRGGBB}; black also takes a mask of
   *     any one value, since inverted ones of good images are white throughout
   * @throws UnreadableFileException if the bytes give no image
   */
  public static boolean isPlainMask(byte[] file, int background) {
    if (background != 0) {
      byte[] colors = read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE).pixels().pixels();
      for (int i = 0; i < colors.length; i += 3) {
        int color = (colors[i] & 0xFF) << 16 | (colors[i + 1] & 0xFF) << 8 | (colors[i + 2] & 0xFF);
        if (color != background) {
          return false;
        }
      }
      return true;
    }
    DecodedImage mask = readMask(file, DecodeLimits.DEFAULT);
    int lowest = 255;
    int highest = 0;
    for (byte value : mask.pixels().pixels()) {
      lowest = Math.min(lowest, value & 0xFF);
      highest = Math.max(highest, value & 0xFF);
    }
    return highest - lowest <= (mask.lossy() ? LOSS : 0);
  }

  private static UnreadableFileException unreadable(UndecodableImageException e) {
    Reason reason =
        switch (e.reason()) {
          case EMPTY -> Reason.EMPTY;
          case NOT_AN_IMAGE -> Reason.NOT_AN_IMAGE;
          case TRUNCATED -> Reason.TRUNCATED;
          case TOO_LARGE -> Reason.TOO_LARGE;
          case UNSUPPORTED -> Reason.UNSUPPORTED;
          case CORRUPT -> Reason.CORRUPT;
        };
    return new UnreadableFileException(reason, e.getMessage(), e);
  }
}
