package org.fairspark.image.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import org.fairspark.image.PixelImage;

/**
 * The decoding of one PNG file of any colour type, bit depth and interlacing (W3C PNG, second
 * edition), as libpng does it for OpenCV: gamma, colour profiles and transparency do not change the
 * values.
 *
 * <p>Not left to {@code javax.imageio}, because decoding dominates the preparation of a data set,
 * and because that reader checks no checksums.
 */
final class PngDecoder {
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;
  private static final int SBIT = 0x73424954;
  private static final int TRNS = 0x74524E53;

  /** The most bytes that deflate can make of one. */
  private static final int MAX_EXPANSION = 1032;

  /** The passes of Adam7 interlacing (section 8.2). */
  private static final List<Pass> ADAM7 =
      List.of(
          new Pass(0, 0, 8, 8),
          new Pass(0, 4, 8, 8),
          new Pass(4, 0, 8, 4),
          new Pass(0, 2, 4, 4),
          new Pass(2, 0, 4, 2),
          new Pass(0, 1, 2, 2),
          new Pass(1, 0, 2, 1));

  private static final List<Pass> NOT_INTERLACED = List.of(new Pass(0, 0, 1, 1));

  /** The pixels of one pass: every so many rows and columns from a first one on. */
  private record Pass(int firstRow, int firstColumn, int rowStep, int columnStep) {
    int rows(int height) {
      return (height - firstRow + rowStep - 1) / rowStep;
    }

    int columns(int width) {
      return (width - firstColumn + columnStep - 1) / columnStep;
    }
  }

  private final byte[] file;
  private final ZlibInflater inflater;
  private final int width;
  private final int height;
  private final int bitDepth;
  private final int colorType;
  private final boolean interlaced;
  private byte[] palette = new byte[0];
  private byte[] transparency = new byte[0];

  /** The bits that samples really have, as the file says; 0 if it does not. */
  private int significantBits;

  private int orientation = Orientation.NORMAL;

  /** The data of the IDAT chunks. */
  private final List<Span> compressed = new ArrayList<>();

  /**
   * Reads all of the file but its pixels.
   *
   * @param file begins with a PNG's signature
   */
  PngDecoder(byte[] file, DecodeLimits limits, ZlibInflater inflater)
      throws UndecodableImageException {
    this.file = file;
    this.inflater = inflater;
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

  /** Finds palette, orientation and compressed data, and checks that the file is whole. */
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
          compressed.add(new Span(at + 8, size));
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
        case SBIT -> {
          for (int i = 0; i < Math.min(size, colorChannels()); i++) {
            significantBits = Math.max(significantBits, file[at + 8 + i]);
          }
        }
        case TRNS -> {
          if (colorType == 3) {
            transparency = Arrays.copyOfRange(file, at + 8, at + 8 + size);
          }
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
          // This bit is 0 in chunks that a decoder must not skip.
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

  private int colorChannels() {
    return (colorType & 2) == 0 ? 1 : 3;
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

  /** Decodes the pixels; see {@link ImageCodec#decode}. */
  DecodedImage decode(Decoding how) throws UndecodableImageException {
    boolean mask = how.mask();
    byte[] alpha =
        mask && (colorType >= 4 || transparency.length > 0) ? new byte[height * width] : null;
    PngRows rows = new PngRows(colorType, bitDepth, palette, transparency, mask, alpha);
    if (bitDepth == 16) {
      int channels = colorChannels();
      short[] samples = new short[channels * height * width];
      decodeRows(
          (bytes, at, columns, pixel, step) ->
              rows.emitWide(bytes, at, columns, samples, channels, pixel, step));
      return new WidePixels(samples, channels, height, width, alpha)
          .toImage(how, largest -> WideSamples.ofFile(largest, significantBits))
          .upright(orientation);
    }
    int channels = mask ? 1 : 3;
    byte[] pixels = new byte[channels * height * width];
    decodeRows(
        (bytes, at, columns, pixel, step) ->
            rows.emit(bytes, at, columns, pixels, pixel * channels, step * channels));
    byte[] values = mask ? MaskValue.ofColorOrAlpha(pixels, alpha) : pixels;
    return DecodedImage.of(new PixelImage(channels, height, width, values)).upright(orientation);
  }

  /** The destination of an unfiltered row: the row's bytes, and the pixels that they are of. */
  private interface RowOutput {
    void row(byte[] bytes, int at, int columns, int pixel, int step);
  }

  private void decodeRows(RowOutput output) throws UndecodableImageException {
    try (ScanLines lines = scanLines()) {
      for (Pass pass : passes()) {
        if (pass.rows(height) > 0 && pass.columns(width) > 0) {
          decodePass(pass, lines, output);
        }
      }
      lines.checkEnd();
    } catch (DataFormatException e) {
      throw UndecodableImageException.corrupt(
          "the PNG's compressed data are broken: " + UndecodableImageException.why(e), e);
    }
  }

  private List<Pass> passes() {
    return interlaced ? ADAM7 : NOT_INTERLACED;
  }

  private ScanLines scanLines() {
    long length = 0;
    for (Pass pass : passes()) {
      int columns = pass.columns(width);
      length += columns == 0 ? 0 : pass.rows(height) * (1L + rowBytes(columns));
    }
    return inflater.scanLines(file, compressed, 1 + rowBytes(width), length);
  }

  /** Inflates and unfilters several rows at a time, so that they stay in the cache. */
  private void decodePass(Pass pass, ScanLines lines, RowOutput output)
      throws DataFormatException, UndecodableImageException {
    int passRows = pass.rows(height);
    int passColumns = pass.columns(width);
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
        int row = pass.firstRow + (first + i) * pass.rowStep;
        output.row(
            bytes,
            at + i * stride + 1,
            passColumns,
            row * width + pass.firstColumn,
            pass.columnStep);
      }
    }
  }

  /** Unfilters rows that lie one after another, behind one that is unfiltered. */
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
