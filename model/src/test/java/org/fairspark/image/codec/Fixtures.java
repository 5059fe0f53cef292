package org.fairspark.image.codec;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.fairspark.image.PixelImage;

/** Image files for tests, written by {@code javax.imageio} or byte by byte. */
final class Fixtures {
  private Fixtures() {}

  /** Returns a colour image in which no two neighbours, rows or channels are equal. */
  static PixelImage rgb(int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[i++] = (byte) (7 * y + 3 * x + 5);
        pixels[i++] = (byte) (y * x + 90);
        pixels[i++] = (byte) (250 - 11 * y - 2 * x);
      }
    }
    return new PixelImage(3, height, width, pixels);
  }

  static BufferedImage buffered(PixelImage rgb, int type) {
    BufferedImage image = new BufferedImage(rgb.width(), rgb.height(), type);
    for (int y = 0; y < rgb.height(); y++) {
      for (int x = 0; x < rgb.width(); x++) {
        // A third of the pixels is half transparent, where the type has alpha.
        int alpha = (x + y) % 3 == 0 ? 0x80 : 0xFF;
        image.setRGB(
            x, y, alpha << 24 | rgb.at(y, x, 0) << 16 | rgb.at(y, x, 1) << 8 | rgb.at(y, x, 2));
      }
    }
    return image;
  }

  /** Returns an image of a type with one band, from its raw samples in row-major order. */
  static BufferedImage gray(int type, int height, int width, int... samples) {
    BufferedImage image = new BufferedImage(width, height, type);
    image.getRaster().setPixels(0, 0, width, height, samples);
    return image;
  }

  static byte[] write(RenderedImage image, String format) {
    return write(new IIOImage(image, null, null), format, false);
  }

  static byte[] writeProgressive(RenderedImage image, String format) {
    return write(new IIOImage(image, null, null), format, true);
  }

  /** Encodes a JPEG of raw components, {@code uint8[height][width][bands]}, without metadata. */
  static byte[] writeRaw(int bands, int height, int width, int... samples) {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, bands, null);
    raster.setPixels(0, 0, width, height, samples);
    return write(new IIOImage(raster, null, null), "jpeg", false);
  }

  /** Returns the JDK's own writer of a format, whichever else is installed. */
  static ImageWriter jdkWriter(String format) {
    for (var all = ImageIO.getImageWritersByFormatName(format); all.hasNext(); ) {
      ImageWriter writer = all.next();
      if (writer.getClass().getName().startsWith("com.sun")) {
        return writer;
      }
    }
    throw new IllegalStateException("the JDK has no writer of " + format);
  }

  private static byte[] write(IIOImage image, String format, boolean progressive) {
    ImageWriter writer = jdkWriter(format);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(1f);
      }
      writer.setOutput(out);
      writer.write(null, image, param);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  /** Encodes a PNG of filtered scan lines, each beginning with its filter type. */
  static byte[] png(int width, int height, int bitDepth, int colorType, byte[] scanLines) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) bitDepth)
            .put((byte) colorType)
            .array();
    file.writeBytes(chunk("IHDR", header));
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
      deflater.write(scanLines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.writeBytes(chunk("IDAT", compressed.toByteArray()));
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  static byte[] chunk(String type, byte[] data) {
    byte[] chunk = new byte[12 + data.length];
    ByteBuffer.wrap(chunk).putInt(data.length);
    for (int i = 0; i < 4; i++) {
      chunk[4 + i] = (byte) type.charAt(i);
    }
    System.arraycopy(data, 0, chunk, 8, data.length);
    CRC32 crc = new CRC32();
    crc.update(chunk, 4, data.length + 4);
    ByteBuffer.wrap(chunk).putInt(8 + data.length, (int) crc.getValue());
    return chunk;
  }

  /** Returns an EXIF block that holds nothing but an orientation. */
  static byte[] exif(int orientation, boolean bigEndian) {
    return bigEndian
        ? new byte[] {
          'M',
          'M',
          0,
          42,
          0,
          0,
          0,
          8,
          0,
          1,
          1,
          0x12,
          0,
          3,
          0,
          0,
          0,
          1,
          0,
          (byte) orientation,
          0,
          0,
          0,
          0,
          0,
          0
        }
        : new byte[] {
          'I',
          'I',
          42,
          0,
          8,
          0,
          0,
          0,
          1,
          0,
          0x12,
          1,
          3,
          0,
          1,
          0,
          0,
          0,
          (byte) orientation,
          0,
          0,
          0,
          0,
          0,
          0,
          0
        };
  }

  /** Puts a segment right behind a JPEG's start marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + data.length);
    file.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker).putShort((short) (data.length + 2));
    return file.put(data).put(jpeg, 2, jpeg.length - 2).array();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
