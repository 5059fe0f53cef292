package org.fairspark.image.codec;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import javax.imageio.spi.ImageReaderSpi;

/** Windows bitmaps, with the headers of OS/2 1.x ({@code BITMAPCOREHEADER}) and of Windows. */
final class BmpCodec implements ImageCodec {
  /** Made by the first decoding: asking for suffixes loads no {@code javax.imageio}. */
  private static final class Holder {
    static final ImageReaderSpi READER =
        ImageReaders.jdk("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");
  }

  private static final int CORE_HEADER_BYTES = 12;
  private static final int INFO_HEADER_BYTES = 40;

  /** Headers of OS/2 2.x, whole and cut to its first fields. */
  private static final Set<Integer> OS2_HEADER_BYTES = Set.of(16, 64);

  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BIT_FIELDS = 3;

  @Override
  public String name() {
    return "BMP";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of("bmp", "dib");
  }

  @Override
  public List<Signature> signatures() {
    return List.of(new Signature("BM"));
  }

  @Override
  public DecodedImage decode(byte[] file, Decoding how) throws UndecodableImageException {
    ByteBuffer bmp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    requireHeader(file, 26);
    int headerBytes = bmp.getInt(14);
    boolean core = headerBytes == CORE_HEADER_BYTES;
    if (OS2_HEADER_BYTES.contains(headerBytes)) {
      throw UndecodableImageException.unsupported(
          "the BMP has a header of OS/2 2.x, of %d bytes; those of Windows and of OS/2 1.x are read"
              .formatted(headerBytes));
    }
    if (!core) {
      requireHeader(file, 54);
    }
    long width = core ? bmp.getShort(18) & 0xFFFF : bmp.getInt(18);
    // A negative height means that the top row comes first.
    long height = core ? bmp.getShort(20) & 0xFFFF : Math.abs((long) bmp.getInt(22));
    how.limits().check(width, height);
    int bits = bmp.getShort(core ? 24 : 28);
    int compression = core ? 0 : bmp.getInt(30);
    if (bmp.getInt(10) == 0) {
      // Some cameras leave it to the reader to know that the pixels follow the headers.
      bmp = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
      bmp.putInt(10, pixelOffset(bmp, core, bits, compression));
    }
    long offset = bmp.getInt(10) & 0xFFFFFFFFL;
    boolean runLength = compression == RLE8 || compression == RLE4;
    long pixelBytes =
        runLength ? bmp.getInt(34) & 0xFFFFFFFFL : (width * bits + 31) / 32 * 4 * height;
    long end = offset + pixelBytes;
    if (end > file.length) {
      throw UndecodableImageException.truncated(
          "the BMP's pixels reach to byte %d of a file of %d bytes".formatted(end, file.length));
    }
    if (runLength) {
      requireEndOfBitmap(file, (int) offset, compression == RLE4, height);
    }
    file = bmp.array();
    BufferedImage image = ImageReaders.read(Holder.READER, name(), file, 0, warning -> false);
    return RasterPixels.stretched(image).toImage(how, largest -> WideSamples.NONE);
  }

  /** Returns where pixels begin that follow headers, masks and palette without a gap. */
  private static int pixelOffset(ByteBuffer bmp, boolean core, int bits, int compression) {
    int entry = core ? 3 : 4;
    int used = core ? 0 : bmp.getInt(46);
    int colors = bits <= 8 && used == 0 ? 1 << bits : used;
    boolean masks = bmp.getInt(14) == INFO_HEADER_BYTES && compression == BIT_FIELDS;
    return 14 + bmp.getInt(14) + (masks ? 12 : 0) + entry * colors;
  }

  /**
   * Checks that run-length coded data say where the bitmap ends, or fill all of its rows; the JDK's
   * reader leaves black what is missing.
   */
  private static void requireEndOfBitmap(byte[] file, int offset, boolean nibbles, long height)
      throws UndecodableImageException {
    long row = 0;
    int at = offset;
    while (at + 1 < file.length) {
      int count = file[at] & 0xFF;
      int value = file[at + 1] & 0xFF;
      at += 2;
      if (count != 0) {
        continue;
      }
      switch (value) {
        case 0 -> row++;
        case 1 -> {
          return;
        }
        case 2 -> {
          row += at + 1 < file.length ? file[at + 1] & 0xFF : 0;
          at += 2;
        }
        default -> {
          int bytes = nibbles ? (value + 1) / 2 : value;
          at += bytes + (bytes & 1);
        }
      }
    }
    if (row < height) {
      throw UndecodableImageException.truncated(
          "the BMP's run-length coded pixels end in row %d of %d".formatted(row, height));
    }
  }

  private static void requireHeader(byte[] file, int length) throws UndecodableImageException {
    if (file.length < length) {
      throw UndecodableImageException.truncated(
          "a BMP of " + file.length + " bytes ends in its header");
    }
  }
}
