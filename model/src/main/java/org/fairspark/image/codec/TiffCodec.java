package org.fairspark.image.codec;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.util.List;
import java.util.Set;
import javax.imageio.spi.ImageReaderSpi;
import org.fairspark.image.PixelImage;

/** TIFF 6.0 and BigTIFF; the first image of the file. */
final class TiffCodec implements ImageCodec {
  /** Made by the first decoding: asking for suffixes loads no {@code javax.imageio}. */
  private static final class Holder {
    static final ImageReaderSpi READER = new TIFFImageReaderSpi();
  }

  @Override
  public String name() {
    return "TIFF";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of("tif", "tiff");
  }

  /** Returns version 42, or 43 for BigTIFF, in either byte order. */
  @Override
  public List<Signature> signatures() {
    return List.of(
        new Signature("II*\0"),
        new Signature("MM\0*"),
        new Signature("II+\0"),
        new Signature("MM\0+"));
  }

  @Override
  public PixelImage decode(byte[] file, DecodeLimits limits, boolean mask)
      throws UndecodableImageException {
    TiffHeader header = TiffHeader.read(file);
    limits.check(header.width(), header.height());
    if (header.dataEnd() > file.length) {
      throw UndecodableImageException.truncated(
          "the TIFF's pixels reach to byte %d of a file of %d bytes"
              .formatted(header.dataEnd(), file.length));
    }
    PixelImage stored = ImageReaders.read(Holder.READER, name(), file, mask);
    return Orientation.apply(stored, header.orientation());
  }
}
