package org.fairspark.image.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import org.fairspark.image.PixelImage;

/**
 * Reads PNG files of every colour type, bit depth and interlacing (W3C PNG, second edition), as
 * libpng does for OpenCV: gamma, colour profiles and transparency do not change the values.
 *
 * <p>Written out here, and not left to {@code javax.imageio}, because decoding dominates the
 * preparation of a data set, and because that reader checks no checksums.
 */
final class PngDecoder {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;

  /** Deflate cannot make more than this many bytes of one. */
  private static final int MAX_EXPANSION = 1032;

  /** Adam7: first row, first column, row step, column step of each pass. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2}, {0, 1, 2, 2}, {1, 0, 2, 1}
  };

  private static final int[][] PROGRESSIVE = {{0, 0, 1, 1}};

  private final byte[] file;
  private final int width;
  private final int height;
  private final int bitDepth;
  private final int colorType;
  private final boolean interlaced;
  private byte[] palette = new byte[0];
  private int orientation = Orientation.NORMAL;

  /** Start and length of each IDAT chunk's data, one pair after another. */
  private final List<int[]> compressed = new ArrayList<>();

  static boolean matches(byte[] file) {
    return file.length >= 8 && ByteBuffer.wrap(file).getLong() == SIGNATURE;
  }

  /** Decodes a file that {@link #matches}. */
  static PixelImage decode(byte[] file, DecodeLimits limits, boolean mask)
      throws UndecodableImageException {
    return new PngDecoder(file, limits).decode(mask);
  }

  private PngDecoder(byte[] file, DecodeLimits limits) throws UndecodableImageException {
    this.file = file;
    ByteBuffer buffer = ByteBuffer.wrap(file);
    if (file.length < 33) {
      throw UndecodableImageException.truncated(
          "a PNG of " + file.length + " bytes ends in its header");
    }
    if (buffer.getInt(8) != 13 || buffer.getInt(12) != IHDR) {
      throw UndecodableImageException.corrupt("the PNG does not begin with its IHDR chunk");
    }
    checkCrc(12, 13, "IHDR");
    width = buffer.getInt(16);
    height = buffer.getInt(20);
    bitDepth = file[24];
    colorType = file[25];
    interlaced = file[28] == 1;
    if (!isValid(colorType, bitDepth) || file[26] != 0 || file[27] != 0 || file[28] >>> 1 != 0) {
      throw UndecodableImageException.corrupt(
          "no PNG has colour type %d, bit depth %d, methods %d %d %d"
              .formatted(colorType, bitDepth, file[26], file[27], file[28]));
    }
    limits.check(width, height);
    readChunks(buffer);
  }

  private static boolean isValid(int colorType, int bitDepth) {
    return switch (colorType) {
      case 0 -> bitDepth == 16 || bitDepth == 8 || bitDepth == 4 || bitDepth == 2 || bitDepth == 1;
      case 3 -> bitDepth == 8 || bitDepth == 4 || bitDepth == 2 || bitDepth == 1;
      case 2, 4, 6 -> bitDepth == 8 || bitDepth == 16;
      default -> false;
    };
  }

  /** Finds palette, orientation and compressed data, and that the file is whole. */
  private void readChunks(ByteBuffer buffer) throws UndecodableImageException {
    long available = 0;
    int at = 33;
    while (true) {
      if (file.length - at < 12) {
        throw UndecodableImageException.truncated(
            "the PNG of %d bytes ends without its IEND chunk".formatted(file.length));
      }
      long length = buffer.getInt(at) & 0xFFFFFFFFL;
      int type = buffer.getInt(at + 4);
      if (length > file.length - at - 12) {
        throw UndecodableImageException.truncated(
            "the PNG of %d bytes ends inside a chunk of %d bytes at %d"
                .formatted(file.length, length, at));
      }
      int size = (int) length;
      switch (type) {
        case IDAT -> {
          checkCrc(at + 4, size, "IDAT");
          compressed.add(new int[] {at + 8, size});
          available += size;
        }
        case PLTE -> {
          checkCrc(at + 4, size, "PLTE");
          palette = Arrays.copyOfRange(file, at + 8, at + 8 + size);
        }
        case EXIF -> {
          checkCrc(at + 4, size, "eXIf");
          orientation = Orientation.read(buffer.slice(at + 8, size));
        }
        case IEND -> {
          checkCrc(at + 4, size, "IEND");
          if (available * MAX_EXPANSION < (long) height * rowBytes(width)) {
            throw UndecodableImageException.corrupt(
                "%d compressed bytes cannot hold %d x %d pixels"
                    .formatted(available, width, height));
          }
          if (colorType == 3 && palette.length == 0) {
            throw UndecodableImageException.corrupt("the palette is missing");
          }
          return;
        }
        default -> {
          // A bit that tells chunks which no decoder may skip.
          if ((type >>> 24 & 0x20) == 0) {
            throw UndecodableImageException.unsupported(
                "the PNG has a critical chunk of unknown type 0x%08x".formatted(type));
          }
        }
      }
      at += 12 + size;
    }
  }

  private void checkCrc(int typeAt, int length, String name) throws UndecodableImageException {
    CRC32 crc = new CRC32();
    crc.update(file, typeAt, length + 4);
    int stored = ByteBuffer.wrap(file).getInt(typeAt + 4 + length);
    if ((int) crc.getValue() != stored) {
      throw UndecodableImageException.corrupt(
          "the checksum of the PNG's %s chunk at %d is wrong".formatted(name, typeAt - 4));
    }
  }

  private int samples() {
    return switch (colorType) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  private int rowBytes(int columns) {
    return (int) (((long) columns * samples() * bitDepth + 7) / 8);
  }

  private PixelImage decode(boolean mask) throws UndecodableImageException {
    int channels = mask ? 1 : 3;
    byte[] pixels = new byte[channels * height * width];
    PngRows rows = new PngRows(colorType, bitDepth, palette, mask);
    try (ScanLines lines = scanLines()) {
      for (int[] pass : passes()) {
        int passRows = passRows(pass);
        int passColumns = passColumns(pass);
        if (passRows > 0 && passColumns > 0) {
          decodePass(lines, rows, pixels, channels, pass, passRows, passColumns);
        }
      }
      lines.checkEnd();
    } catch (DataFormatException e) {
      throw new UndecodableImageException(
          UndecodableImageException.Reason.CORRUPT,
          "the PNG's compressed data are broken: " + e.getMessage(),
          e);
    }
    return Orientation.apply(new PixelImage(channels, height, width, pixels), orientation);
  }

  private int[][] passes() {
    return interlaced ? ADAM7 : PROGRESSIVE;
  }

  private int passRows(int[] pass) {
    return (height - pass[0] + pass[2] - 1) / pass[2];
  }

  private int passColumns(int[] pass) {
    return (width - pass[1] + pass[3] - 1) / pass[3];
  }

  /** The fast way, or the one that always works and that knows what is wrong with broken data. */
  private ScanLines scanLines() {
    long length = 0;
    for (int[] pass : passes()) {
      int columns = passColumns(pass);
      length += columns == 0 ? 0 : passRows(pass) * (1L + rowBytes(columns));
    }
    int lead = 1 + rowBytes(width);
    byte[] inflated =
        compressed.isEmpty() ? null : IsalInflater.inflate(file, compressed, lead, length);
    return inflated == null
        ? new StreamedScanLines(file, compressed)
        : new InflatedScanLines(inflated, lead);
  }

  /** Several rows are inflated and unfiltered at a time, so that they stay in the cache. */
  private void decodePass(
      ScanLines lines,
      PngRows rows,
      byte[] pixels,
      int channels,
      int[] pass,
      int passRows,
      int passColumns)
      throws DataFormatException, UndecodableImageException {
    int rowBytes = rowBytes(passColumns);
    int stride = rowBytes + 1;
    int bytesPerPixel = Math.max(1, samples() * bitDepth / 8);
    int batch = Math.max(1, ScanLines.BATCH_BYTES / stride);
    lines.beginPass(stride);
    for (int first = 0; first < passRows; first += batch) {
      int count = Math.min(batch, passRows - first);
      int at = lines.next(count);
      byte[] bytes = lines.bytes();
      unfilter(bytes, at, count, rowBytes, bytesPerPixel);
      for (int i = 0; i < count; i++) {
        int row = pass[0] + (first + i) * pass[2];
        rows.emit(
            bytes,
            at + i * stride + 1,
            passColumns,
            pixels,
            (row * width + pass[1]) * channels,
            pass[3] * channels);
      }
    }
  }

  /** Rows that lie one after another, behind one that is done. */
  private static void unfilter(byte[] bytes, int at, int count, int rowBytes, int bytesPerPixel)
      throws UndecodableImageException {
    int stride = rowBytes + 1;
    for (int i = 0; i < count; i++) {
      int current = at + i * stride;
      if (bytesPerPixel == 1
          && i + 1 < count
          && bytes[current] == PngRows.PAETH
          && bytes[current + stride] == PngRows.PAETH) {
        PngRows.unfilterTwoPaethRows(bytes, current, current - stride, rowBytes);
        i++;
      } else {
        PngRows.unfilter(bytes, current, current - stride, rowBytes, bytesPerPixel);
      }
    }
  }
}
