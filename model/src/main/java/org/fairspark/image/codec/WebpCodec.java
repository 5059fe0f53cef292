package org.fairspark.image.codec;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import javax.imageio.spi.ImageReaderSpi;

/**
 * WebP, lossy and lossless; animations are refused. Lossless files are read as OpenCV reads them,
 * to the byte. In lossy ones TwelveMonkeys repeats the halved colour components where libwebp
 * smooths them: brightness is equal, colours differ at their edges.
 */
final class WebpCodec implements ImageCodec {
  /** Made by the first decoding: asking for suffixes loads no {@code javax.imageio}. */
  private static final class Holder {
    static final ImageReaderSpi READER = new WebPImageReaderSpi();
  }

  private static final int LOSSY = fourCc("VP8 ");
  private static final int LOSSLESS = fourCc("VP8L");
  private static final int EXTENDED = fourCc("VP8X");
  private static final int ANIMATION = fourCc("ANIM");
  private static final int PROFILE = fourCc("ICCP");
  private static final int PROFILE_FLAG = 0x20;
  private static final int EXIF = fourCc("EXIF");
  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_BYTES = 8;

  private static int fourCc(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }

  @Override
  public String name() {
    return "WebP";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of("webp");
  }

  @Override
  public List<Signature> signatures() {
    return List.of(new Signature("RIFF????WEBP"));
  }

  @Override
  public DecodedImage decode(byte[] file, Decoding how) throws UndecodableImageException {
    ByteBuffer riff = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    byte[] plain = file;
    long end = CHUNK_BYTES + (riff.getInt(4) & 0xFFFFFFFFL);
    if (end > file.length) {
      throw UndecodableImageException.truncated(
          "the WebP has %d bytes of %d".formatted(file.length, end));
    }
    int orientation = Orientation.NORMAL;
    boolean lossy = false;
    boolean picture = false;
    long size = 0;
    for (int at = RIFF_BYTES; at + CHUNK_BYTES <= end; at += (int) size + CHUNK_BYTES) {
      int type = riff.getInt(at);
      size = riff.getInt(at + 4) & 0xFFFFFFFFL;
      int data = at + CHUNK_BYTES;
      if (size > end - data) {
        throw UndecodableImageException.truncated(
            "the WebP ends inside a chunk of %d bytes at %d".formatted(size, at));
      }
      if (type == ANIMATION) {
        throw UndecodableImageException.unsupported("the WebP is an animation");
      } else if (type == LOSSY && size >= 10) {
        lossy = true;
        picture = true;
        how.limits().check(riff.getShort(data + 6) & 0x3FFF, riff.getShort(data + 8) & 0x3FFF);
      } else if (type == LOSSLESS && size >= 5) {
        picture = true;
        int sides = riff.getInt(data + 1);
        how.limits().check((sides & 0x3FFF) + 1, (sides >> 14 & 0x3FFF) + 1);
      } else if (type == EXTENDED && size >= 10) {
        how.limits().check(1 + u24(riff, data + 4), 1 + u24(riff, data + 7));
        if ((file[data] & PROFILE_FLAG) != 0) {
          // The reader would apply the colour profile.
          plain = file.clone();
          plain[data] &= ~PROFILE_FLAG;
        }
      } else if (type == PROFILE && plain != file) {
        plain[at] = 'x';
      } else if (type == EXIF) {
        orientation = Orientation.read(exif(riff, data, (int) size));
      }
      size += size & 1;
    }
    if (!picture) {
      throw UndecodableImageException.corrupt("the WebP holds no picture");
    }
    DecodedImage image =
        RasterPixels.stretched(ImageReaders.read(Holder.READER, name(), plain, 0, warning -> false))
            .toImage(how, largest -> WideSamples.NONE)
            .upright(orientation);
    return lossy ? image.asLossy() : image;
  }

  private static int u24(ByteBuffer bytes, int at) {
    return (bytes.getShort(at) & 0xFFFF) | (bytes.get(at + 2) & 0xFF) << 16;
  }

  /** Returns the TIFF structure of an EXIF chunk, before which some writers put JPEG's marker. */
  private static ByteBuffer exif(ByteBuffer riff, int at, int size) {
    boolean marked = size > 6 && riff.get(at) == 'E' && riff.get(at + 1) == 'x';
    return marked ? riff.slice(at + 6, size - 6) : riff.slice(at, size);
  }
}
