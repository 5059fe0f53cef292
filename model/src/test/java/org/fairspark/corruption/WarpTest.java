package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.junit.jupiter.api.Test;

class WarpTest {
  private static final PixelImage NUMBERS =
      new PixelImage(1, 3, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

  @Test
  void quarterTurnsAreExactAndClockwise() {
    assertThat(Warp.rotate(NUMBERS, 90).pixels())
        .as("90 degrees")
        .containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
    assertThat(Warp.rotate(NUMBERS, -90).pixels())
        .as("-90 degrees")
        .containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    assertThat(Warp.rotate(NUMBERS, 180).pixels())
        .as("180 degrees")
        .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void zeroDegreesReturnTheSameImage() {
    assertThat(Warp.rotate(NUMBERS, 0)).as("image").isSameAs(NUMBERS);
  }

  @Test
  void cornersWithoutASourceAreBlackAndTheMiddleStays() {
    byte[] white = new byte[21 * 21 * 3];
    Arrays.fill(white, (byte) 255);

    PixelImage turned = Warp.rotate(new PixelImage(3, 21, 21, white), 45);

    assertThat(turned.at(0, 0, 0)).as("corner").isZero();
    assertThat(turned.at(20, 20, 2)).as("corner").isZero();
    assertThat(turned.at(10, 10, 1)).as("middle").isEqualTo(255);
    assertThat(turned.at(0, 10, 1)).as("middle of a side").isEqualTo(255);
  }

  @Test
  void channelsRotateTogether() {
    byte[] pixels = new byte[27];
    for (int i = 0; i < 9; i++) {
      pixels[3 * i] = (byte) (i + 1);
      pixels[3 * i + 1] = (byte) (i + 51);
      pixels[3 * i + 2] = (byte) (i + 101);
    }

    PixelImage turned = Warp.rotate(new PixelImage(3, 3, 3, pixels), 90);

    assertThat(turned.at(0, 0, 0)).as("red").isEqualTo(7);
    assertThat(turned.at(0, 0, 1)).as("green").isEqualTo(57);
    assertThat(turned.at(0, 0, 2)).as("blue").isEqualTo(107);
  }

  @Test
  void numbersAreInterpolatedInStepsOfOne32nd() {
    // A ramp along the columns turned by a small angle: still a ramp, along the turned axis.
    int n = 33;
    double[] ramp = new double[n * n];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % n - 16;
    }

    double[] turned = Warp.rotate(ramp, n, n, 10);

    double radians = Math.toRadians(10);
    for (int y = 10; y < 23; y++) {
      for (int x = 10; x < 23; x++) {
        double along = Math.cos(radians) * (x - 16) + Math.sin(radians) * (y - 16);
        double value = turned[y * n + x];
        assertThat(value).as("at (%d, %d)", y, x).isCloseTo(along, within(1 / 60.0));
        assertThat(value * 32).as("32nds at (%d, %d)", y, x).isEqualTo(Math.rint(value * 32));
      }
    }
  }

  @Test
  void aTurnAboutTheCornerKeepsTheCorner() {
    float[] ones = new float[8 * 8 * 3];
    Arrays.fill(ones, 1f);

    float[] turned = Warp.rotateAboutCorner(ones, 8, 8, 1);

    assertThat(turned[0]).as("corner").isEqualTo(1f);
    // One radian clockwise, the upper edge of the patch points 57 degrees down.
    assertThat(turned[3 * 7]).as("upper right").isZero();
    assertThat(turned[3 * (5 * 8 + 2)]).as("5 down, 2 to the right").isEqualTo(1f);
  }
}
