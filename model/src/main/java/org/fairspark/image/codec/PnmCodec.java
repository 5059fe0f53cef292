package org.fairspark.image.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fairspark.image.PixelImage;

/**
 * Netpbm's PBM, PGM and PPM, as text or binary, with up to 16 bits per sample; the first image of
 * the file. Samples of up to 8 bits are stretched from the maximum that the file gives to 255, as
 * Netpbm defines it; OpenCV takes them as they are.
 */
final class PnmCodec implements ImageCodec {
  @Override
  public String name() {
    return "PNM";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of("pbm", "pgm", "ppm", "pnm");
  }

  /** Returns the six magic numbers, each with the white space that may follow it. */
  @Override
  public List<Signature> signatures() {
    return Stream.of("P1", "P2", "P3", "P4", "P5", "P6")
        .flatMap(magic -> Stream.of("\n", "\r", " ", "\t", "#").map(magic::concat))
        .map(Signature::new)
        .toList();
  }

  @Override
  public DecodedImage decode(byte[] file, Decoding how) throws UndecodableImageException {
    return new Reader(file).read(how);
  }

  private static final class Reader {
    private final byte[] file;
    private final int kind;
    private int at = 2;

    Reader(byte[] file) {
      this.file = file;
      this.kind = file[1] - '0';
    }

    DecodedImage read(Decoding how) throws UndecodableImageException {
      int width = number();
      int height = number();
      how.limits().check(width, height);
      int maximum = isBitmap() ? 1 : number();
      if (maximum < 1 || maximum > 65535) {
        throw UndecodableImageException.corrupt(
            "the PNM's largest sample is %d; it must be from 1 to 65535".formatted(maximum));
      }
      // One byte of white space ends the header of a binary file.
      at += isText() ? 0 : 1;
      int channels = kind == 3 || kind == 6 ? 3 : 1;
      short[] samples = samples(width, height, channels, maximum);
      if (maximum > 255) {
        int bits = 32 - Integer.numberOfLeadingZeros(maximum);
        return new WidePixels(samples, channels, height, width, null)
            .toImage(how, largest -> WideSamples.ofFile(largest, bits));
      }
      return DecodedImage.of(pixels(samples, channels, height, width, maximum, how.mask()));
    }

    private boolean isText() {
      return kind <= 3;
    }

    private boolean isBitmap() {
      return kind == 1 || kind == 4;
    }

    private short[] samples(int width, int height, int channels, int maximum)
        throws UndecodableImageException {
      long count = (long) width * height * channels;
      long bytes =
          switch (kind) {
            case 4 -> (width + 7) / 8 * (long) height;
            case 5, 6 -> count * (maximum > 255 ? 2 : 1);
            default -> count;
          };
      if (bytes > file.length - at) {
        throw UndecodableImageException.truncated(
            "the PNM has %d bytes of samples of %d"
                .formatted(Math.max(0, file.length - at), bytes));
      }
      short[] samples = new short[(int) count];
      for (int i = 0; i < samples.length; i++) {
        int sample = sample(i, width, maximum);
        if (sample > maximum) {
          throw UndecodableImageException.corrupt(
              "a sample of the PNM is %d, beyond its maximum of %d".formatted(sample, maximum));
        }
        samples[i] = (short) sample;
      }
      return samples;
    }

    private int sample(int index, int width, int maximum) throws UndecodableImageException {
      return switch (kind) {
        // In a bitmap 1 is black.
        case 1 -> 1 - digit();
        case 2, 3 -> number();
        case 4 -> {
          int column = index % width;
          int from = at + index / width * ((width + 7) / 8) + column / 8;
          yield 1 - (file[from] >> (7 - column % 8) & 1);
        }
        default ->
            maximum > 255
                ? (file[at + 2 * index] & 0xFF) << 8 | (file[at + 2 * index + 1] & 0xFF)
                : file[at + index] & 0xFF;
      };
    }

    private static PixelImage pixels(
        short[] samples, int channels, int height, int width, int maximum, boolean mask) {
      byte[] pixels = new byte[(mask ? 1 : 3) * height * width];
      for (int p = 0; p < height * width; p++) {
        int red = samples[p * channels] * 255 / maximum;
        int green = channels == 1 ? red : samples[p * channels + 1] * 255 / maximum;
        int blue = channels == 1 ? red : samples[p * channels + 2] * 255 / maximum;
        if (mask) {
          pixels[p] = channels == 1 ? (byte) red : MaskValue.ofRgb(red, green, blue);
        } else {
          pixels[3 * p] = (byte) red;
          pixels[3 * p + 1] = (byte) green;
          pixels[3 * p + 2] = (byte) blue;
        }
      }
      return new PixelImage(mask ? 1 : 3, height, width, pixels);
    }

    /** Reads a digit of a text bitmap, which needs no white space after it. */
    private int digit() throws UndecodableImageException {
      skipSpace();
      int digit = file[at++] - '0';
      if (digit != 0 && digit != 1) {
        throw UndecodableImageException.corrupt("a bit of the PNM is neither 0 nor 1");
      }
      return digit;
    }

    private int number() throws UndecodableImageException {
      skipSpace();
      int start = at;
      while (at < file.length && file[at] >= '0' && file[at] <= '9') {
        at++;
      }
      if (at == start || at - start > 9) {
        throw UndecodableImageException.corrupt("the PNM has no number at byte " + start);
      }
      if (at == file.length && !isText()) {
        throw truncated();
      }
      return Integer.parseInt(new String(file, start, at - start, StandardCharsets.US_ASCII));
    }

    /** Skips white space and comments. */
    private void skipSpace() throws UndecodableImageException {
      while (at < file.length) {
        if (file[at] == '#') {
          while (at < file.length && file[at] != '\n') {
            at++;
          }
        } else if (file[at] > ' ') {
          return;
        } else {
          at++;
        }
      }
      throw truncated();
    }

    private UndecodableImageException truncated() {
      return UndecodableImageException.truncated(
          "the PNM of %d bytes ends before its samples do".formatted(file.length));
    }
  }
}
