package org.fairspark.image.codec;

import static org.fairspark.image.codec.TiffDirectory.FILL_ORDER;
import static org.fairspark.image.codec.TiffDirectory.PLANAR_CONFIGURATION;
import static org.fairspark.image.codec.TiffDirectory.ROWS_PER_STRIP;
import static org.fairspark.image.codec.TiffDirectory.STRIP_BYTES;
import static org.fairspark.image.codec.TiffDirectory.STRIP_OFFSETS;
import static org.fairspark.image.codec.TiffDirectory.TILE_BYTES;
import static org.fairspark.image.codec.TiffDirectory.TILE_HEIGHT;
import static org.fairspark.image.codec.TiffDirectory.TILE_OFFSETS;
import static org.fairspark.image.codec.TiffDirectory.TILE_WIDTH;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The strips or tiles of a TIFF's picture, as far as they can be checked before decoding. The
 * reader of TIFF stops as soon as it has the pixels that it wants, and so does not see that a strip
 * has fewer bytes than it should, or other ones.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TiffStrips(byte[] file, TiffHeader header, long[] offsets, long[] sizes) {
  private static final int PLANAR = 2;
  private static final int REVERSED = 2;

  static TiffStrips of(byte[] file, TiffHeader header) throws UndecodableImageException {
    TiffDirectory directory = header.directory();
    boolean tiled = directory.numbers(TILE_OFFSETS).length > 0;
    long[] offsets = directory.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    long[] sizes = directory.numbers(tiled ? TILE_BYTES : STRIP_BYTES);
    if (sizes.length == 0) {
      sizes = directory.numbers(tiled ? STRIP_BYTES : TILE_BYTES);
    }
    if (offsets.length == 0) {
      throw UndecodableImageException.corrupt("the TIFF's first directory has no pixels");
    }
    return new TiffStrips(file, header, offsets, sizes);
  }

  /**
   * Checks that the strips lie in the file, and hold what the picture needs.
   *
   * @throws UndecodableImageException if they do not
   */
  void requireWhole() throws UndecodableImageException {
    long end = 0;
    for (int i = 0; i < offsets.length; i++) {
      end = Math.max(end, offsets[i] + (i < sizes.length ? sizes[i] : 1));
    }
    if (end > file.length) {
      throw UndecodableImageException.truncated(
          "the TIFF's pixels reach to byte %d of a file of %d bytes".formatted(end, file.length));
    }
    for (int i = 0; i < Math.min(offsets.length, sizes.length); i++) {
      if (header.compression() == TiffHeader.NONE && header.photometric() != TiffHeader.YCBCR) {
        if (sizes[i] > 0 && sizes[i] < plainBytes(i)) {
          throw UndecodableImageException.truncated(
              "strip %d of the TIFF has %d bytes of %d".formatted(i, sizes[i], plainBytes(i)));
        }
      } else if (header.isDeflated() && header.directory().number(FILL_ORDER, 1) != REVERSED) {
        requireChecksum(i);
      }
    }
  }

  /** Returns the bytes that a strip or tile takes without compression. */
  private long plainBytes(int strip) {
    TiffDirectory directory = header.directory();
    boolean planar = directory.number(PLANAR_CONFIGURATION, 1) == PLANAR;
    long samples = planar ? 1 : header.samplesPerPixel();
    long tileWidth = directory.number(TILE_WIDTH, -1);
    if (directory.numbers(TILE_OFFSETS).length > 0 && tileWidth > 0) {
      return (tileWidth * samples * header.bits() + 7) / 8 * directory.number(TILE_HEIGHT, 1);
    }
    long height = header.height();
    long rows = Math.max(1, Math.min(height, directory.number(ROWS_PER_STRIP, height)));
    long strips = (height + rows - 1) / rows;
    long last = height - (strips - 1) * rows;
    long own = strip % strips == strips - 1 ? last : rows;
    return (header.width() * samples * header.bits() + 7) / 8 * own;
  }

  /** Inflates a strip to its end, where its checksum is. */
  private void requireChecksum(int strip) throws UndecodableImageException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file, (int) offsets[strip], (int) sizes[strip]);
      byte[] some = new byte[1 << 16];
      while (!inflater.finished()) {
        if (inflater.inflate(some) == 0 && !inflater.finished()) {
          throw UndecodableImageException.corrupt(
              "the compressed data of strip %d of the TIFF end early".formatted(strip));
        }
      }
    } catch (DataFormatException e) {
      throw UndecodableImageException.corrupt(
          "the compressed data of strip %d of the TIFF are broken: %s"
              .formatted(strip, UndecodableImageException.why(e)),
          e);
    } finally {
      inflater.end();
    }
  }
}
