package org.fairspark.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import javax.imageio.spi.ImageReaderSpi;
import org.fairspark.image.PixelImage;

/** Windows bitmaps, with the headers of OS/2 1.x ({@code BITMAPCOREHEADER}) and of Windows. */
final class BmpCodec implements ImageCodec {
  /** Made by the first decoding: asking for suffixes loads no {@code javax.imageio}. */
  private static final class Holder {
    static final ImageReaderSpi READER =
        ImageReaders.jdk("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");
  }

  private static final int CORE_HEADER_BYTES = 12;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;

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
  public PixelImage decode(byte[] file, DecodeLimits limits, boolean mask)
      throws UndecodableImageException {
    ByteBuffer bmp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    requireHeader(file, 26);
    boolean core = bmp.getInt(14) == CORE_HEADER_BYTES;
    if (!core) {
      requireHeader(file, 38);
    }
    long width = core ? bmp.getShort(18) & 0xFFFF : bmp.getInt(18);
    // A negative height means that the top row comes first.
    long height = core ? bmp.getShort(20) & 0xFFFF : Math.abs((long) bmp.getInt(22));
    limits.check(width, height);
    int bits = bmp.getShort(core ? 24 : 28);
    int compression = core ? 0 : bmp.getInt(30);
    boolean runLength = compression == RLE8 || compression == RLE4;
    long pixelBytes =
        runLength ? bmp.getInt(34) & 0xFFFFFFFFL : (width * bits + 31) / 32 * 4 * height;
    long end = (bmp.getInt(10) & 0xFFFFFFFFL) + pixelBytes;
    if (end > file.length) {
      throw UndecodableImageException.truncated(
          "the BMP's pixels reach to byte %d of a file of %d bytes".formatted(end, file.length));
    }
    return ImageReaders.read(Holder.READER, name(), file, mask);
  }

  private static void requireHeader(byte[] file, int length) throws UndecodableImageException {
    if (file.length < length) {
      throw UndecodableImageException.truncated(
          "a BMP of " + file.length + " bytes ends in its header");
    }
  }
}
