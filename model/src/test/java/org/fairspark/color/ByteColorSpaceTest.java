package org.fairspark.color;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ByteColorSpaceTest {
  private static final int[] RGB = {
    255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 128, 64, 200, 10, 30, 20
  };

  /** As OpenCV 4.6 converts them. */
  private static final Map<ByteColorSpace, int[]> CONVERTED =
      Map.of(
          ByteColorSpace.YCRCB,
          new int[] {
            76, 255, 85, 150, 21, 43, 29, 107, 255, 255, 128, 128, 99, 149, 185, 23, 119, 126
          },
          ByteColorSpace.YUV,
          new int[] {
            76, 91, 255, 150, 54, 0, 29, 239, 103, 255, 128, 128, 99, 178, 153, 23, 127, 117
          },
          ByteColorSpace.HSV,
          new int[] {
            0, 255, 255, 60, 255, 255, 120, 255, 255, 0, 0, 255, 134, 173, 200, 75, 170, 30
          },
          ByteColorSpace.HLS,
          new int[] {
            0, 128, 255, 60, 128, 255, 120, 128, 255, 0, 255, 0, 134, 132, 141, 75, 20, 128
          },
          ByteColorSpace.LAB,
          new int[] {
            136, 208, 195, 224, 42, 211, 82, 207, 20, 255, 128, 128, 107, 181, 68, 24, 117, 132
          },
          ByteColorSpace.LUV,
          new int[] {
            135, 222, 173, 223, 37, 241, 82, 90, 10, 255, 96, 136, 106, 107, 46, 23, 92, 140
          });

  private static final Map<ByteColorSpace, int[]> AND_BACK =
      Map.of(
          ByteColorSpace.YCRCB,
          new int[] {254, 0, 0, 0, 255, 0, 0, 0, 254, 255, 255, 255, 128, 64, 200, 10, 30, 19},
          ByteColorSpace.YUV,
          new int[] {221, 17, 1, 4, 254, 0, 0, 0, 255, 255, 255, 255, 128, 65, 201, 10, 30, 21},
          // OpenCV cuts decimals here, except in the last pixels of an image.
          ByteColorSpace.HSV,
          new int[] {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 127, 64, 200, 10, 30, 20},
          ByteColorSpace.HLS,
          new int[] {255, 1, 1, 1, 255, 1, 1, 1, 255, 255, 255, 255, 127, 64, 200, 10, 30, 20},
          ByteColorSpace.LAB,
          new int[] {255, 2, 1, 7, 255, 3, 0, 1, 255, 255, 255, 255, 128, 65, 200, 10, 30, 21},
          ByteColorSpace.LUV,
          new int[] {254, 0, 0, 6, 254, 0, 8, 0, 254, 254, 255, 255, 126, 64, 199, 6, 30, 19});

  @ParameterizedTest
  @EnumSource
  void equalsOpenCvThereAndBack(ByteColorSpace space) {
    byte[] pixels = bytes(RGB);

    space.fromRgb(pixels);
    assertThat(pixels).as("%s of RGB", space).isEqualTo(bytes(CONVERTED.get(space)));

    space.toRgb(pixels);
    assertThat(pixels).as("RGB of %s", space).isEqualTo(bytes(AND_BACK.get(space)));
  }

  @ParameterizedTest
  @EnumSource
  void everyByteTripleIsSomeColour(ByteColorSpace space) {
    byte[] pixels = new byte[3 * 16 * 16 * 16];
    int at = 0;
    for (int a = 0; a < 256; a += 17) {
      for (int b = 0; b < 256; b += 17) {
        for (int c = 0; c < 256; c += 17) {
          pixels[at++] = (byte) a;
          pixels[at++] = (byte) b;
          pixels[at++] = (byte) c;
        }
      }
    }
    byte[] there = pixels.clone();
    space.fromRgb(there);
    space.toRgb(there);
    double error = 0;
    for (int i = 0; i < pixels.length; i++) {
      error += Math.abs((pixels[i] & 0xFF) - (there[i] & 0xFF));
    }
    // Values that come from no colour must do no harm.
    space.toRgb(pixels.clone());

    assertThat(error / pixels.length).as("mean error there and back").isLessThan(2);
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
