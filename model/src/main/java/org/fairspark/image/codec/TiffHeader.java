package org.fairspark.image.codec;

import static org.fairspark.image.codec.TiffDirectory.BITS_PER_SAMPLE;
import static org.fairspark.image.codec.TiffDirectory.COMPRESSION;
import static org.fairspark.image.codec.TiffDirectory.DESCRIPTION;
import static org.fairspark.image.codec.TiffDirectory.HEIGHT;
import static org.fairspark.image.codec.TiffDirectory.MAX_SAMPLE_VALUE;
import static org.fairspark.image.codec.TiffDirectory.ORIENTATION;
import static org.fairspark.image.codec.TiffDirectory.PHOTOMETRIC;
import static org.fairspark.image.codec.TiffDirectory.SAMPLES_PER_PIXEL;
import static org.fairspark.image.codec.TiffDirectory.SAMPLE_FORMAT;
import static org.fairspark.image.codec.TiffDirectory.SUBFILE_TYPE;
import static org.fairspark.image.codec.TiffDirectory.WIDTH;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.image.codec.UndecodableImageException.Reason;

/**
 * The picture that is taken from a TIFF or BigTIFF file: the first whose directory does not call it
 * a smaller version of another or a transparency mask (bits 0 and 2 of {@code NewSubfileType}).
 *
 * @param directory its directory
 * @param page its directory's number, from 0
 * @param pages pictures in the file that are neither
 */
record TiffHeader(TiffDirectory directory, int page, int pages) {
  static final int NONE = 1;
  static final int CCITT_RLE = 2;
  static final int CCITT_T4 = 3;
  static final int CCITT_T6 = 4;
  static final int JPEG = 7;
  static final int DEFLATE = 8;
  static final int PKZIP_DEFLATE = 32946;
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int YCBCR = 6;
  static final int CIELAB = 8;

  private static final int REDUCED_OR_MASK = 0b101;

  /** The compressions that are read, by their numbers, and those that are known by name. */
  private static final List<Integer> READ =
      List.of(NONE, CCITT_RLE, CCITT_T4, CCITT_T6, 5, 6, JPEG, DEFLATE, 32773, PKZIP_DEFLATE);

  private static final Map<Integer, String> COMPRESSIONS =
      Map.ofEntries(
          Map.entry(9, "JBIG"),
          Map.entry(10, "JBIG"),
          Map.entry(32766, "NeXT"),
          Map.entry(32771, "CCITT RLE with word alignment"),
          Map.entry(32809, "ThunderScan"),
          Map.entry(32908, "PixarFilm"),
          Map.entry(32909, "PixarLog"),
          Map.entry(33003, "JPEG 2000"),
          Map.entry(33004, "JPEG 2000"),
          Map.entry(33005, "JPEG 2000"),
          Map.entry(34661, "JBIG"),
          Map.entry(34676, "SGI LogLuv"),
          Map.entry(34677, "SGI LogLuv"),
          Map.entry(34712, "JPEG 2000"),
          Map.entry(34887, "LERC"),
          Map.entry(34892, "lossy JPEG of DNG"),
          Map.entry(34925, "LZMA"),
          Map.entry(34926, "ZSTD"),
          Map.entry(34927, "WebP"),
          Map.entry(34933, "PNG"),
          Map.entry(34934, "JPEG XR"),
          Map.entry(22610, "JPEG XR"),
          Map.entry(50000, "ZSTD"),
          Map.entry(50001, "WebP"),
          Map.entry(50002, "JPEG XL"),
          Map.entry(52546, "JPEG XL"));

  private static final Map<Integer, String> UNREAD_COLORS =
      Map.of(
          4, "a transparency mask",
          9, "ICCLAB colours",
          10, "ITULAB colours",
          32803, "the mosaic of a Bayer sensor",
          32844, "logarithmic luminance",
          32845, "logarithmic colours",
          34892, "linear raw data of a sensor",
          51177, "a depth map");

  /** ImageJ's display range, the upper end of which is the camera's largest value. */
  private static final Pattern IMAGEJ_MAX =
      Pattern.compile("(?:^|\\n)max=(\\d{1,5})(?:\\.0*)?(?:\\s|\\x00|$)");

  /** The number of pictures that ImageJ puts behind one directory. */
  private static final Pattern IMAGEJ_IMAGES =
      Pattern.compile("(?:^|\\n)images=(\\d{1,9})(?:\\s|$)");

  /**
   * Reads the directories.
   *
   * @throws UndecodableImageException if the directory reaches beyond the file's end, gives no size
   *     or no pixels, or describes what is not read
   */
  static TiffHeader read(byte[] file) throws UndecodableImageException {
    TiffHeader header = chosen(directories(file));
    if (header.width() < 0 || header.height() < 0) {
      throw UndecodableImageException.corrupt("the TIFF's first directory gives no size");
    }
    header.requireSupported();
    return header;
  }

  private static List<TiffDirectory> directories(byte[] file) throws UndecodableImageException {
    try {
      List<TiffDirectory> all = TiffDirectory.all(file);
      if (all.isEmpty()) {
        throw UndecodableImageException.corrupt("the TIFF has no directory");
      }
      return all;
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new UndecodableImageException(
          Reason.TRUNCATED,
          "the TIFF's directory lies beyond the file's end, %d bytes".formatted(file.length),
          e);
    }
  }

  private static TiffHeader chosen(List<TiffDirectory> all) {
    int first = -1;
    int pages = 0;
    for (int i = 0; i < all.size(); i++) {
      if ((all.get(i).number(SUBFILE_TYPE, 0) & REDUCED_OR_MASK) == 0) {
        first = first < 0 ? i : first;
        pages++;
      }
    }
    if (first < 0) {
      return new TiffHeader(all.get(0), 0, 1);
    }
    Matcher stack = IMAGEJ_IMAGES.matcher(all.get(first).text(DESCRIPTION));
    return new TiffHeader(
        all.get(first),
        first,
        stack.find() ? Math.max(pages, Integer.parseInt(stack.group(1))) : pages);
  }

  private void requireSupported() throws UndecodableImageException {
    int compression = compression();
    if (!READ.contains(compression)) {
      throw unsupported(
          "is compressed by %s"
              .formatted(
                  COMPRESSIONS.getOrDefault(compression, "a method of number " + compression)));
    }
    String colors = UNREAD_COLORS.get(photometric());
    if (colors != null) {
      throw unsupported("holds " + colors);
    }
    switch ((int) directory.number(SAMPLE_FORMAT, 1)) {
      case 2 -> {
        // CIELAB's colours are signed by definition, and some writers say so.
        if (photometric() != CIELAB && !isSigned()) {
          throw unsupported("has signed samples of %d bits".formatted(bits()));
        }
      }
      case 3 -> throw unsupported("has floating-point samples of %d bits".formatted(bits()));
      case 5, 6 -> throw unsupported("has complex numbers for samples");
      default -> {}
    }
    if (photometric() == CIELAB && (bits() != 8 || samplesPerPixel() != 3)) {
      throw unsupported("holds CIELAB colours of %d bits".formatted(bits()));
    }
    if (bits() > 16) {
      throw unsupported("has %d bits per sample".formatted(bits()));
    }
  }

  /**
   * Returns whether samples are signed and of 16 bits: those that are not negative are what
   * unsigned ones would be.
   */
  boolean isSigned() {
    return directory.number(SAMPLE_FORMAT, 1) == 2
        && bits() == 16
        && photometric() != CIELAB
        && photometric() != WHITE_IS_ZERO;
  }

  static UndecodableImageException unsupported(String is) {
    return UndecodableImageException.unsupported(
        "the TIFF %s; read are unsigned gray, palette and colour images of up to 16 bits per"
                .formatted(is)
            + " sample, plain or compressed by LZW, Deflate, PackBits, JPEG or CCITT");
  }

  long width() {
    return directory.number(WIDTH, -1);
  }

  long height() {
    return directory.number(HEIGHT, -1);
  }

  int orientation() {
    long value = directory.number(ORIENTATION, Orientation.NORMAL);
    return value >= 1 && value <= 8 ? (int) value : Orientation.NORMAL;
  }

  int bits() {
    return (int) directory.number(BITS_PER_SAMPLE, 1);
  }

  int samplesPerPixel() {
    return (int) directory.number(SAMPLES_PER_PIXEL, 1);
  }

  int compression() {
    return (int) directory.number(COMPRESSION, NONE);
  }

  int photometric() {
    return (int) directory.number(PHOTOMETRIC, -1);
  }

  /**
   * Returns whether samples have a number of bits that TwelveMonkeys does not read, or not well.
   */
  boolean hasOddBits() {
    return photometric() != PALETTE && bits() > 1 && (bits() % 2 == 1 || bits() == 6);
  }

  /** Returns whether gray pixels have more than a second sample, as of cameras of many channels. */
  boolean isGrayWithMore() {
    return samplesPerPixel() > 2
        && (photometric() == WHITE_IS_ZERO || photometric() == BLACK_IS_ZERO);
  }

  boolean isFax() {
    return compression() >= CCITT_RLE && compression() <= CCITT_T6;
  }

  boolean isDeflated() {
    return compression() == DEFLATE || compression() == PKZIP_DEFLATE;
  }

  /**
   * Returns the bits that 16-bit samples really have, as the file says; 0 if it does not. A largest
   * value of less than 8 bits is not a camera's.
   */
  int saidBits() {
    long largest = directory.number(MAX_SAMPLE_VALUE, 0);
    String description = directory.text(DESCRIPTION);
    Matcher imageJ = IMAGEJ_MAX.matcher(description);
    if (largest == 0 && description.startsWith("ImageJ=") && imageJ.find()) {
      largest = Long.parseLong(imageJ.group(1));
    }
    return largest < 128 || largest > 65535 ? 0 : 64 - Long.numberOfLeadingZeros(largest);
  }
}
