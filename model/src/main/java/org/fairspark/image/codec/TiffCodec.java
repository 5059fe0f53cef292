package org.fairspark.image.codec;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.imageio.spi.ImageReaderSpi;
import org.fairspark.image.PixelImage;

/**
 * TIFF 6.0 and BigTIFF; of several pictures the one that {@link TiffHeader} chooses.
 *
 * <p>TwelveMonkeys reads nearly all. It refuses odd numbers of bits per sample, which the JDK's
 * reader knows, and fills up what is missing of a fax (CCITT) without a word, which the JDK's
 * reader does not: faxes are read by both, and must agree.
 */
final class TiffCodec implements ImageCodec {
  /** Made by the first decoding: asking for suffixes loads no {@code javax.imageio}. */
  private static final class Holder {
    static final ImageReaderSpi READER = new TIFFImageReaderSpi();
    static final ImageReaderSpi JDK =
        ImageReaders.jdk("com.sun.imageio.plugins.tiff.TIFFImageReaderSpi");
  }

  /** Warnings of libjpeg that it had to guess. */
  private static final Predicate<String> BROKEN_JPEG =
      Pattern.compile("(?i)corrupt|premature end|inconsistent progression").asPredicate();

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
  public DecodedImage decode(byte[] file, Decoding how) throws UndecodableImageException {
    TiffHeader header = TiffHeader.read(file);
    how.limits().check(header.width(), header.height());
    TiffStrips.of(file, header).requireWhole();
    if (header.photometric() == TiffHeader.CIELAB) {
      return lab(file, header, how).upright(header.orientation()).ofPages(header.pages());
    }
    RasterPixels pixels = pixels(file, header);
    int smallest = header.isSigned() ? pixels.smallestSigned() : 0;
    if (smallest < 0 && (how.mask() || how.depth().offset() == 0)) {
      throw UndecodableImageException.unsupported(
          "the TIFF has negative samples, down to %d, and its data set no offset for them (image.sample-offset)"
              .formatted(smallest));
    }
    IntFunction<WideSamples> evidenceOf =
        largest -> WideSamples.ofLabelled(largest, header.saidBits());
    DecodedImage image =
        smallest < 0 ? pixels.toSignedImage(how, evidenceOf) : pixels.toImage(how, evidenceOf);
    return image.upright(header.orientation()).ofPages(header.pages());
  }

  private RasterPixels pixels(byte[] file, TiffHeader header) throws UndecodableImageException {
    boolean whiteIsZero = header.photometric() == TiffHeader.WHITE_IS_ZERO;
    if (header.hasOddBits()) {
      // The JDK's reader inverts such samples wrongly.
      byte[] plain = whiteIsZero ? withColors(file, header, TiffHeader.BLACK_IS_ZERO) : file;
      RasterPixels pixels = RasterPixels.stretched(byJdk(plain, header));
      return whiteIsZero ? pixels.inverted() : pixels;
    }
    if (header.isGrayWithMore()) {
      // TwelveMonkeys takes the second of several samples for alpha, and the others for pixels.
      RasterPixels pixels =
          RasterPixels.kept(byTwelveMonkeys(withColors(file, header, TiffHeader.RGB), header))
              .firstBand();
      return whiteIsZero ? pixels.inverted() : pixels;
    }
    BufferedImage image = byTwelveMonkeys(file, header);
    if (header.isFax() && !RasterPixels.areEqual(image, byJdk(file, header))) {
      throw UndecodableImageException.corrupt(
          "the TIFF's fax data are broken: two decoders make different pictures of them");
    }
    return RasterPixels.kept(image);
  }

  /** Reads CIELAB samples as if they were RGB, and converts them. */
  private DecodedImage lab(byte[] file, TiffHeader header, Decoding how)
      throws UndecodableImageException {
    PixelImage image =
        RasterPixels.kept(byTwelveMonkeys(withColors(file, header, TiffHeader.RGB), header))
            .toImage(how.ofImage(), largest -> WideSamples.NONE)
            .pixels();
    byte[] pixels = image.pixels();
    CieLab.toRgb(pixels);
    if (!how.mask()) {
      return DecodedImage.of(image);
    }
    byte[] mask = new byte[pixels.length / 3];
    for (int i = 0; i < mask.length; i++) {
      int at = 3 * i;
      mask[i] = MaskValue.ofRgb(pixels[at] & 0xFF, pixels[at + 1] & 0xFF, pixels[at + 2] & 0xFF);
    }
    return DecodedImage.of(new PixelImage(1, image.height(), image.width(), mask));
  }

  private BufferedImage byTwelveMonkeys(byte[] file, TiffHeader header)
      throws UndecodableImageException {
    boolean jpeg = header.compression() == TiffHeader.JPEG;
    return ImageReaders.read(
        Holder.READER, name(), file, header.page(), w -> jpeg && BROKEN_JPEG.test(w));
  }

  private BufferedImage byJdk(byte[] file, TiffHeader header) throws UndecodableImageException {
    return ImageReaders.read(Holder.JDK, name(), file, header.page(), warning -> header.isFax());
  }

  /** Returns a copy that says something else about the meaning of its samples. */
  private static byte[] withColors(byte[] file, TiffHeader header, int photometric) {
    byte[] copy = file.clone();
    ByteOrder order = file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer.wrap(copy)
        .order(order)
        .putShort(header.directory().position(TiffDirectory.PHOTOMETRIC), (short) photometric);
    return copy;
  }
}
