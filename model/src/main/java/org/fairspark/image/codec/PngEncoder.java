package org.fairspark.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.fairspark.image.PixelImage;

/** The encoder of PNG files. */
public final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /**
   * As small as zlib's usual level 6 leaves filtered rows of photographs, in a third of its time.
   */
  private static final int LEVEL = 4;

  private PngEncoder() {}

  /**
   * Encodes an image as an 8-bit gray or RGB file without metadata. Equal images give equal bytes.
   */
  public static byte[] encode(PixelImage image) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(image.pixels().length / 2 + 64);
    file.writeBytes(SIGNATURE);
    byte colorType = (byte) (image.channels() == 1 ? 0 : 2);
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(image.width())
            .putInt(image.height())
            .put((byte) 8)
            .put(colorType)
            .array();
    writeChunk(file, "IHDR", header, header.length);
    byte[] filtered = filter(image);
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setStrategy(Deflater.FILTERED);
      deflater.setInput(filtered);
      deflater.finish();
      byte[] compressed = new byte[filtered.length + filtered.length / 1000 + 128];
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(compressed, length, compressed.length - length);
      }
      writeChunk(file, "IDAT", compressed, length);
    } finally {
      deflater.end();
    }
    writeChunk(file, "IEND", new byte[0], 0);
    return file.toByteArray();
  }

  /**
   * Filters each row by type 0 (none), 1 (left) or 2 (above), whichever gives the smallest sum of
   * absolute values.
   */
  private static byte[] filter(PixelImage image) {
    int size = image.channels();
    int stride = image.width() * size;
    byte[] pixels = image.pixels();
    byte[] filtered = new byte[image.height() * (stride + 1)];
    for (int y = 0; y < image.height(); y++) {
      int row = y * stride;
      long none = 0;
      long left = 0;
      long above = 0;
      for (int i = 0; i < stride; i++) {
        byte v = pixels[row + i];
        none += Math.abs(v);
        left += Math.abs((byte) (v - (i < size ? 0 : pixels[row + i - size])));
        above += Math.abs((byte) (v - (y == 0 ? 0 : pixels[row + i - stride])));
      }
      int type = none <= left && none <= above ? 0 : left <= above ? 1 : 2;
      int out = y * (stride + 1);
      filtered[out++] = (byte) type;
      for (int i = 0; i < stride; i++) {
        int predicted =
            switch (type) {
              case 1 -> i < size ? 0 : pixels[row + i - size];
              case 2 -> y == 0 ? 0 : pixels[row + i - stride];
              default -> 0;
            };
        filtered[out++] = (byte) (pixels[row + i] - predicted);
      }
    }
    return filtered;
  }

  private static void writeChunk(ByteArrayOutputStream file, String name, byte[] data, int length) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data, 0, length);
    file.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    file.writeBytes(type);
    file.write(data, 0, length);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
