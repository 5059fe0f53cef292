package org.fairspark.image.codec;

import java.util.List;
import java.util.Set;

/**
 * One image file format. Codecs are stateless and safe for any number of threads; {@link
 * ImageDecoder} lists them and chooses by a file's first bytes.
 */
interface ImageCodec {
  /** Returns the format's name as messages say it, such as {@code PNG}. */
  String name();

  /** Returns the suffixes of the format's file names, in lower case, without the dot. */
  Set<String> suffixes();

  /** Returns the ways in which files of the format begin; no two codecs share one. */
  List<Signature> signatures();

  /**
   * Decodes a file that begins with one of the {@link #signatures}. A file that does not hold its
   * whole image is refused, never decoded in part.
   *
   * @param how limits, depth of 16-bit samples, and whether the file is a mask
   * @return {@code uint8[H][W][1]} for a mask, otherwise {@code uint8[H][W][3]}, RGB; turned
   *     upright by the file's EXIF orientation
   */
  DecodedImage decode(byte[] file, Decoding how) throws UndecodableImageException;
}
