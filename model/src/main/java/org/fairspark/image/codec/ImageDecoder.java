package org.fairspark.image.codec;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.UndecodableImageException.Reason;

/**
 * From the bytes of an image file to pixels. Reads PNG, JPEG, BMP and TIFF, told apart by content,
 * not by name: 1 to 16 bits a sample, gray, palette, RGB, alpha, CMYK. Values are those of the
 * reference code's OpenCV reader: alpha is dropped, not composited; gamma and colour profiles do
 * not apply; 16-bit samples give their high byte; the EXIF orientation is applied. Of several pages
 * the first is taken.
 *
 * <p>A file that does not hold its whole image is refused, never decoded in part.
 *
 * <p>Stateless and safe for any number of threads.
 */
public final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * Decodes to colour; gray becomes three equal channels.
   *
   * @return {@code uint8[H][W][3]}, RGB
   */
  public static PixelImage decode(byte[] file, DecodeLimits limits)
      throws UndecodableImageException {
    return decode(file, limits, false);
  }

  /**
   * Decodes a mask: gray values as they are stored, anything else by its luma. What is above zero
   * in the file is above zero here, whatever its number of bits.
   *
   * @return {@code uint8[H][W][1]}
   */
  public static PixelImage decodeMask(byte[] file, DecodeLimits limits)
      throws UndecodableImageException {
    return decode(file, limits, true);
  }

  private static PixelImage decode(byte[] file, DecodeLimits limits, boolean mask)
      throws UndecodableImageException {
    if (file.length == 0) {
      throw new UndecodableImageException(Reason.EMPTY, "the file has no bytes");
    }
    if (PngDecoder.matches(file)) {
      return PngDecoder.decode(file, limits, mask);
    }
    if (JpegDecoder.matches(file)) {
      return JpegDecoder.decode(file, limits, mask);
    }
    if (TiffHeader.matches(file)) {
      return decodeTiff(file, limits, mask);
    }
    if (startsWith(file, "BM")) {
      return decodeBmp(file, limits, mask);
    }
    throw unknown(file);
  }

  private static PixelImage decodeTiff(byte[] file, DecodeLimits limits, boolean mask)
      throws UndecodableImageException {
    TiffHeader header = TiffHeader.read(file);
    limits.check(header.width(), header.height());
    if (header.dataEnd() > file.length) {
      throw UndecodableImageException.truncated(
          "the TIFF's pixels reach to byte %d of a file of %d bytes"
              .formatted(header.dataEnd(), file.length));
    }
    PixelImage stored = read(ImageReaders.tiff(), "TIFF", file, mask);
    return Orientation.apply(stored, header.orientation());
  }

  private static PixelImage decodeBmp(byte[] file, DecodeLimits limits, boolean mask)
      throws UndecodableImageException {
    ByteBuffer bmp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < 26) {
      throw UndecodableImageException.truncated(
          "a BMP of " + file.length + " bytes ends in its header");
    }
    boolean core = bmp.getInt(14) == 12;
    if (!core && file.length < 38) {
      throw UndecodableImageException.truncated(
          "a BMP of " + file.length + " bytes ends in its header");
    }
    long width = core ? bmp.getShort(18) & 0xFFFF : bmp.getInt(18);
    // A negative height tells that the top row comes first.
    long height = core ? bmp.getShort(20) & 0xFFFF : Math.abs((long) bmp.getInt(22));
    limits.check(width, height);
    int bits = bmp.getShort(core ? 24 : 28);
    int compression = core ? 0 : bmp.getInt(30);
    boolean runLength = compression == 1 || compression == 2;
    long pixelBytes =
        runLength ? bmp.getInt(34) & 0xFFFFFFFFL : (width * bits + 31) / 32 * 4 * height;
    long end = (bmp.getInt(10) & 0xFFFFFFFFL) + pixelBytes;
    if (end > file.length) {
      throw UndecodableImageException.truncated(
          "the BMP's pixels reach to byte %d of a file of %d bytes".formatted(end, file.length));
    }
    return read(ImageReaders.bmp(), "BMP", file, mask);
  }

  private static PixelImage read(ImageReader reader, String format, byte[] file, boolean mask)
      throws UndecodableImageException {
    try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
      reader.setInput(input, true, true);
      return RasterPixels.of(reader.read(0), format, mask);
    } catch (IOException | RuntimeException e) {
      // The bytes are in memory: whatever fails here lies in them.
      throw new UndecodableImageException(
          Reason.CORRUPT, "the %s data are broken: %s".formatted(format, e.getMessage()), e);
    } finally {
      reader.dispose();
    }
  }

  private static boolean startsWith(byte[] file, String ascii) {
    byte[] prefix = ascii.getBytes(StandardCharsets.ISO_8859_1);
    if (file.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (file[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static UndecodableImageException unknown(byte[] file) {
    String all = new String(file, 0, Math.min(file.length, 12), StandardCharsets.ISO_8859_1);
    for (String known :
        new String[] {"\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff", "II*\0", "MM\0*"}) {
      if (known.startsWith(all)) {
        return UndecodableImageException.truncated(
            "the file of %d bytes ends in an image's first bytes".formatted(file.length));
      }
    }
    String other =
        all.startsWith("GIF8")
            ? "GIF"
            : all.startsWith("RIFF") && all.endsWith("WEBP")
                ? "WebP"
                : all.startsWith("\0\0\0\u000cjP  ") || all.startsWith("\u00ffO\u00ffQ")
                    ? "JPEG 2000"
                    : all.startsWith("8BPS")
                        ? "PSD"
                        : all.length() == 12 && all.startsWith("ftyp", 4) ? "HEIF or AVIF" : null;
    if (other != null) {
      return UndecodableImageException.unsupported(
          "the file is a %s image; PNG, JPEG, BMP and TIFF are read".formatted(other));
    }
    return new UndecodableImageException(
        Reason.NOT_AN_IMAGE, "the file begins like no image: " + printable(all));
  }

  private static String printable(String start) {
    StringBuilder text = new StringBuilder("\"");
    start
        .chars()
        .forEach(
            c -> {
              if (c >= 32 && c < 127) {
                text.append((char) c);
              } else {
                text.append("\\x%02x".formatted(c));
              }
            });
    return text.append('"').toString();
  }
}
