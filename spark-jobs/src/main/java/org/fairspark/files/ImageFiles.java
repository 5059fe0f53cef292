package org.fairspark.files;

import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
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
    try {
      return ImageDecoder.read(file, limits, depth);
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
