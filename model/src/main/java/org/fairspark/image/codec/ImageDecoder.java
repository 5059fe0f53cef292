package org.fairspark.image.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.UndecodableImageException.Reason;

/**
 * The decoder of image files: from a file's bytes to pixels. It reads PNG, JPEG, BMP and TIFF, told
 * apart by content, not by name: 1 to 16 bits per sample, gray, palette, RGB, alpha, CMYK. Values
 * are those of the reference code's OpenCV reader: alpha is dropped, not composited; gamma and
 * colour profiles do not apply; the EXIF orientation is applied. 16-bit samples give the high byte
 * of their true depth ({@link BitDepth}), where OpenCV knows no depth but 16. Of several pages the
 * first is taken that is neither a thumbnail nor a transparency mask.
 *
 * <p>A file that does not hold its whole image is refused, never decoded in part.
 *
 * <p>Stateless and safe for any number of threads.
 */
public final class ImageDecoder {
  private static final List<ImageCodec> CODECS =
      List.of(
          new PngCodec(),
          new JpegCodec(),
          new BmpCodec(),
          new TiffCodec(),
          new PnmCodec(),
          new WebpCodec());

  /** Bytes of a file that no codec knows which the message shows. */
  private static final int SHOWN_BYTES = 12;

  private ImageDecoder() {}

  /**
   * Returns the file name suffixes of image formats, in lower case, without the dot: of those that
   * are decoded, and of those that are known but refused with {@link Reason#UNSUPPORTED} or {@link
   * Reason#NOT_AN_IMAGE}.
   */
  public static Set<String> suffixes() {
    return Stream.concat(
            decodedSuffixes().stream(),
            UnreadFormat.ALL.stream().flatMap(format -> format.suffixes().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the file name suffixes of the formats that are decoded, as {@link #suffixes}. */
  public static Set<String> decodedSuffixes() {
    return CODECS.stream()
        .flatMap(codec -> codec.suffixes().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Decodes to colour; gray becomes three equal channels. 16-bit samples go by what the file says
   * of their depth.
   *
   * @return {@code uint8[H][W][3]}, RGB
   * @throws UndecodableImageException if the bytes give no image
   */
  public static PixelImage decode(byte[] file, DecodeLimits limits)
      throws UndecodableImageException {
    return read(file, limits, BitDepth.OF_FILE).pixels();
  }

  /**
   * Decodes to colour, as {@link #decode}, by a data set's rule for the depth of 16-bit samples.
   *
   * @throws UndecodableImageException if the bytes give no image
   */
  public static DecodedImage read(byte[] file, DecodeLimits limits, BitDepth depth)
      throws UndecodableImageException {
    return codecOf(file).decode(file, new Decoding(limits, depth, false));
  }

  /**
   * Decodes to colour, as {@link #read(byte[], DecodeLimits, BitDepth)}, what will be reduced by
   * area. Of a JPEG that becomes much smaller the means of cells are decoded instead of its pixels,
   * at least two of them along a side of each new pixel.
   *
   * @param reduced the size to which a picture of a size is reduced: that size itself where its
   *     pixels are needed
   * @throws UndecodableImageException if the bytes give no image: just as where pixels are decoded
   */
  public static DecodedImage read(
      byte[] file, DecodeLimits limits, BitDepth depth, UnaryOperator<ImageSize> reduced)
      throws UndecodableImageException {
    return codecOf(file).decode(file, new Decoding(limits, depth, false, reduced));
  }

  /**
   * Decodes a mask to {@code uint8[H][W][1]}: gray values as they are stored, all other images by
   * their luma, or by their alpha channel where all pixels have one colour. Samples of more than 8
   * bits keep the highest 8 of the bits that their largest one takes. A pixel above zero in the
   * file is above zero in the mask, whatever its number of bits.
   *
   * @throws UndecodableImageException if the bytes give no image
   */
  public static DecodedImage readMask(byte[] file, DecodeLimits limits)
      throws UndecodableImageException {
    return codecOf(file).decode(file, new Decoding(limits, BitDepth.OF_FILE, true));
  }

  /**
   * Decodes a mask, as {@link #readMask}.
   *
   * @return {@code uint8[H][W][1]}
   * @throws UndecodableImageException if the bytes give no image
   */
  public static PixelImage decodeMask(byte[] file, DecodeLimits limits)
      throws UndecodableImageException {
    return readMask(file, limits).pixels();
  }

  private static ImageCodec codecOf(byte[] file) throws UndecodableImageException {
    if (file.length == 0) {
      throw new UndecodableImageException(Reason.EMPTY, "the file has no bytes");
    }
    for (ImageCodec codec : CODECS) {
      if (codec.signatures().stream().anyMatch(s -> s.matches(file))) {
        return codec;
      }
    }
    throw unknown(file);
  }

  private static UndecodableImageException unknown(byte[] file) {
    if (CODECS.stream().flatMap(c -> c.signatures().stream()).anyMatch(s -> s.isCutShort(file))) {
      return UndecodableImageException.truncated(
          "the file of %d bytes ends in an image's first bytes".formatted(file.length));
    }
    for (UnreadFormat format : UnreadFormat.ALL) {
      if (format.signatures().stream().anyMatch(s -> s.matches(file))) {
        return UndecodableImageException.unsupported(
            "the file is a %s image; %s are read".formatted(format.name(), readFormats()));
      }
    }
    return new UndecodableImageException(
        Reason.NOT_AN_IMAGE, "the file begins like no image: " + printableStart(file));
  }

  private static String readFormats() {
    List<String> names = CODECS.stream().map(ImageCodec::name).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static String printableStart(byte[] file) {
    int length = Math.min(file.length, SHOWN_BYTES);
    return new String(file, 0, length, StandardCharsets.ISO_8859_1)
        .chars()
        .mapToObj(c -> c >= 32 && c < 127 ? String.valueOf((char) c) : "\\x%02x".formatted(c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
