package org.fairspark.image.codec;

import java.util.Arrays;

/**
 * The unfiltering and unpacking of a PNG's scan lines: up to 8 bits per sample into pixels, 16 bits
 * into samples.
 */
final class PngRows {
  /** The filter type that most rows of photographs have. */
  static final byte PAETH = 4;

  private final int colorType;
  private final int bitDepth;
  private final boolean mask;

  /** Output channels by stored sample of up to 8 bits: gray ramps and palettes. */
  private final byte[] red = new byte[256];

  private final byte[] green = new byte[256];
  private final byte[] blue = new byte[256];
  private final byte[] luma = new byte[256];

  /** Opacity by palette index. */
  private final byte[] opacity = new byte[256];

  /** The alpha channel of a mask, {@code uint8[H][W]}; null where none is wanted. */
  private final byte[] alpha;

  /**
   * @param palette RGB triples, empty unless the colour type is 3
   * @param transparency opacities of the palette's first entries
   * @param mask whether the output is {@code uint8[H][W][1]} instead of RGB
   * @param alpha where a mask's alpha channel goes, {@code uint8[H][W]}; null for nowhere
   */
  PngRows(
      int colorType,
      int bitDepth,
      byte[] palette,
      byte[] transparency,
      boolean mask,
      byte[] alpha) {
    this.colorType = colorType;
    this.bitDepth = bitDepth;
    this.mask = mask;
    this.alpha = alpha;
    Arrays.fill(opacity, (byte) 255);
    System.arraycopy(transparency, 0, opacity, 0, Math.min(256, transparency.length));
    if (colorType == 3) {
      for (int i = 0; i < Math.min(256, palette.length / 3); i++) {
        red[i] = palette[3 * i];
        green[i] = palette[3 * i + 1];
        blue[i] = palette[3 * i + 2];
        luma[i] = MaskValue.ofRgb(red[i] & 0xFF, green[i] & 0xFF, blue[i] & 0xFF);
      }
    } else {
      int top = bitDepth >= 8 ? 255 : (1 << bitDepth) - 1;
      for (int i = 0; i <= top; i++) {
        byte v = (byte) (i * 255 / top);
        red[i] = v;
        green[i] = v;
        blue[i] = v;
        luma[i] = v;
      }
    }
  }

  /**
   * Undoes a row's filter in place (PNG specification, section 9).
   *
   * @param current where the row begins, at its filter type
   * @param previous where the row above begins
   */
  static void unfilter(byte[] b, int current, int previous, int rowBytes, int bytesPerPixel)
      throws UndecodableImageException {
    int first = current + 1;
    int end = first + rowBytes;
    int up = previous - current;
    int left = -bytesPerPixel;
    switch (b[current]) {
      case 0 -> {}
      case 1 -> {
        for (int i = first + bytesPerPixel; i < end; i++) {
          b[i] += b[i + left];
        }
      }
      case 2 -> addRow(b, first, previous + 1, rowBytes);
      case 3 -> {
        for (int i = first; i < first + bytesPerPixel; i++) {
          b[i] += (byte) ((b[i + up] & 0xFF) >> 1);
        }
        for (int i = first + bytesPerPixel; i < end; i++) {
          b[i] += (byte) (((b[i + left] & 0xFF) + (b[i + up] & 0xFF)) >> 1);
        }
      }
      case PAETH -> {
        for (int i = first; i < first + bytesPerPixel; i++) {
          b[i] += b[i + up];
        }
        if (bytesPerPixel == 3) {
          paeth3(b, first + 3, end, up);
        } else if (bytesPerPixel == 1) {
          paeth1(b, first + 1, end, up);
        } else {
          for (int i = first + bytesPerPixel; i < end; i++) {
            b[i] += (byte) paeth(b[i + left] & 0xFF, b[i + up] & 0xFF, b[i + up + left] & 0xFF);
          }
        }
      }
      default -> throw UndecodableImageException.corrupt("no PNG filter has type " + b[current]);
    }
  }

  private static void addRow(byte[] b, int current, int previous, int length) {
    for (int i = 0; i < length; i++) {
      b[current + i] += b[previous + i];
    }
  }

  /**
   * Undoes the Paeth filter of 3 bytes per pixel, with the left and upper left neighbours in
   * registers.
   */
  private static void paeth3(byte[] b, int first, int end, int up) {
    int a0 = b[first - 3] & 0xFF;
    int a1 = b[first - 2] & 0xFF;
    int a2 = b[first - 1] & 0xFF;
    int c0 = b[first - 3 + up] & 0xFF;
    int c1 = b[first - 2 + up] & 0xFF;
    int c2 = b[first - 1 + up] & 0xFF;
    for (int i = first; i < end; i += 3) {
      int b0 = b[i + up] & 0xFF;
      int b1 = b[i + 1 + up] & 0xFF;
      int b2 = b[i + 2 + up] & 0xFF;
      a0 = (b[i] + paeth(a0, b0, c0)) & 0xFF;
      a1 = (b[i + 1] + paeth(a1, b1, c1)) & 0xFF;
      a2 = (b[i + 2] + paeth(a2, b2, c2)) & 0xFF;
      b[i] = (byte) a0;
      b[i + 1] = (byte) a1;
      b[i + 2] = (byte) a2;
      c0 = b0;
      c1 = b1;
      c2 = b2;
    }
  }

  private static void paeth1(byte[] b, int first, int end, int up) {
    int a = b[first - 1] & 0xFF;
    int c = b[first - 1 + up] & 0xFF;
    for (int i = first; i < end; i++) {
      int above = b[i + up] & 0xFF;
      a = (b[i] + paeth(a, above, c)) & 0xFF;
      b[i] = (byte) a;
      c = above;
    }
  }

  /**
   * Undoes the Paeth filters of two rows of one byte per pixel, the lower one pixel behind the
   * upper: each byte depends on the one on its left, so that two rows keep the processor twice as
   * busy.
   *
   * @param current where the upper row begins, at its filter type; the lower follows
   * @param previous where the row above begins
   */
  static void unfilterTwoPaethRows(byte[] b, int current, int previous, int rowBytes) {
    int up = previous - current;
    int down = rowBytes + 1;
    int first = current + 1;
    int end = first + rowBytes;
    int c0 = b[first + up] & 0xFF;
    int a0 = (b[first] + c0) & 0xFF;
    b[first] = (byte) a0;
    int a1 = 0;
    int c1 = 0;
    for (int i = first + 1; i < end; i++) {
      int above = b[i + up] & 0xFF;
      int upper = (b[i] + paeth(a0, above, c0)) & 0xFF;
      a1 = (b[i - 1 + down] + paeth(a1, a0, c1)) & 0xFF;
      b[i] = (byte) upper;
      b[i - 1 + down] = (byte) a1;
      c0 = above;
      c1 = a0;
      a0 = upper;
    }
    b[end - 1 + down] += (byte) paeth(a1, a0, c1);
  }

  /**
   * Returns the neighbour (left, above, upper left) nearest to left + above - upper left; of
   * equally near ones the first. In terms of the lesser and the greater of left and above it is the
   * lesser if 2 (greater - corner) <= corner - lesser, the greater if 2 (corner - lesser) <=
   * greater - corner, and otherwise the corner.
   */
  static int paeth(int left, int above, int corner) {
    int balance = 3 * corner - left - above;
    return nearest(Math.min(left, above), Math.max(left, above), corner, balance);
  }

  /**
   * Makes the choice, which is hard to predict, without branches: a difference shifted by 31 is a
   * mask of all bits or none. Methods as short as these two become part of the loops that call them
   * also where Java's quick compiler alone is at work, which allows 35 bytes of bytecode and 31 a
   * call deeper.
   */
  private static int nearest(int lesser, int greater, int corner, int balance) {
    return greater
        + ((lesser + ((corner - lesser) & ((balance - greater) >> 31)) - greater)
            & ((lesser - balance) >> 31));
  }

  /**
   * Unpacks a row of up to 8 bits per sample into the output.
   *
   * @param in where the row's samples begin
   * @param out where its first pixel goes
   * @param step from a pixel to the next in the output, in bytes
   */
  void emit(byte[] b, int in, int columns, byte[] pixels, int out, int step) {
    if (bitDepth < 8) {
      emitPacked(b, in, columns, pixels, out, step);
    } else if (colorType == 2 || colorType == 6) {
      emitColor(b, in, columns, pixels, out, step);
    } else {
      emitGray(b, in, columns, pixels, out, step);
    }
  }

  /**
   * Unpacks a row of 16 bits per sample.
   *
   * @param in where the row's samples begin
   * @param samples {@code uint16[H][W][channels]}, without alpha
   * @param channels 1 for gray, 3 for colour
   * @param pixel where its first pixel goes, counted in pixels
   * @param step from a pixel to the next, in pixels
   */
  void emitWide(byte[] b, int in, int columns, short[] samples, int channels, int pixel, int step) {
    int size = 2 * (channels + (colorType >= 4 ? 1 : 0));
    for (int x = 0; x < columns; x++, in += size, pixel += step) {
      for (int c = 0; c < channels; c++) {
        samples[pixel * channels + c] =
            (short) ((b[in + 2 * c] & 0xFF) << 8 | (b[in + 2 * c + 1] & 0xFF));
      }
      if (alpha != null) {
        alpha[pixel] = MaskValue.of16(b[in + size - 2], b[in + size - 1]);
      }
    }
  }

  private void emitPacked(byte[] b, int in, int columns, byte[] pixels, int out, int step) {
    int top = (1 << bitDepth) - 1;
    for (int x = 0; x < columns; x++, out += step) {
      int bit = x * bitDepth;
      put(pixels, out, (b[in + (bit >> 3)] >> (8 - bitDepth - (bit & 7))) & top);
    }
  }

  private void emitGray(byte[] b, int in, int columns, byte[] pixels, int out, int step) {
    if (colorType == 0) {
      for (int x = 0; x < columns; x++, out += step) {
        byte v = b[in + x];
        pixels[out] = v;
        if (!mask) {
          pixels[out + 1] = v;
          pixels[out + 2] = v;
        }
      }
      return;
    }
    int size = colorType == 4 ? 2 : 1;
    for (int x = 0; x < columns; x++, in += size, out += step) {
      put(pixels, out, b[in] & 0xFF);
      if (alpha != null && colorType == 4) {
        alpha[out] = b[in + 1];
      }
    }
  }

  private void put(byte[] pixels, int out, int value) {
    if (mask) {
      pixels[out] = luma[value];
      if (alpha != null) {
        alpha[out] = opacity[value];
      }
    } else {
      pixels[out] = red[value];
      pixels[out + 1] = green[value];
      pixels[out + 2] = blue[value];
    }
  }

  private void emitColor(byte[] b, int in, int columns, byte[] pixels, int out, int step) {
    int size = colorType == 6 ? 4 : 3;
    if (!mask && size == 3 && step == 3) {
      System.arraycopy(b, in, pixels, out, 3 * columns);
      return;
    }
    for (int x = 0; x < columns; x++, in += size, out += step) {
      byte r = b[in];
      byte g = b[in + 1];
      byte bl = b[in + 2];
      if (mask) {
        pixels[out] = MaskValue.ofRgb(r & 0xFF, g & 0xFF, bl & 0xFF);
        if (alpha != null) {
          alpha[out] = b[in + 3];
        }
      } else {
        pixels[out] = r;
        pixels[out + 1] = g;
        pixels[out + 2] = bl;
      }
    }
  }
}
