package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.network.backend.ChannelsLast;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class RestorationLossTest {
  private static float[] noise(int length, long seed, double low, double high) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }

  @Test
  void equalImagesHaveNoLossAndNoGradient() {
    float[] image = noise(3 * 16 * 24, 1, 0, 1);
    float[] gradient = new float[image.length];
    Loss loss = RestorationLoss.compute(image, image.clone(), 16, 24, 3, gradient, 1);
    assertThat(loss.l2()).as("squared error").isZero();
    assertThat(loss.ssim()).as("similarity part").isCloseTo(0, within(1e-7));
    for (float g : gradient) {
      assertThat(g).as("gradient").isCloseTo(0f, within(1e-7f));
    }
  }

  /** Of the window, one pixel meets the centre alone: 0.0707622, the square of 0.266012. */
  @Test
  void onePixelByHand() {
    float[] a = {0.25f};
    float[] b = {0.75f};
    Loss loss = RestorationLoss.compute(a, b, 1, 1, 1, null, 1);
    assertThat(loss.l2()).as("squared error").isCloseTo(0.25, within(1e-12));
    // means 0.01769056 and 0.05307167, variances 0.00410968 and 0.03698716, covariance 0.01232905
    assertThat(1 - loss.ssim()).as("similarity").isCloseTo(0.3726808, within(1e-6));
  }

  @Test
  void theGradientIsTheNumericalOne() {
    int h = 16;
    int w = 32;
    float[] target = noise(2 * h * w, 2, 0, 1);
    float[] restored = noise(2 * h * w, 3, -0.2, 1.2);
    float[] gradient = new float[restored.length];
    RestorationLoss.compute(restored, target, h, w, 1, gradient, 1);
    float step = 1f / 256; // exact in single precision
    SeededRandom random = new SeededRandom(4);
    for (int trial = 0; trial < 40; trial++) {
      int at = trial < 4 ? trial * (h * w - 1) / 3 : random.nextInt(restored.length);
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = restored.clone();
        moved[at] += side == 0 ? -step : step;
        losses[side] = RestorationLoss.compute(moved, target, h, w, 1, null, 1).total();
      }
      assertThat((double) gradient[at])
          .as("derivative by value %d", at)
          .isCloseTo((losses[1] - losses[0]) / (2 * step), within(2e-6));
    }
  }

  @Test
  void theDynamicRangeFollowsTheReferencesRule() {
    assertThat(RestorationLoss.dynamicRange(new float[] {-0.5f, 1})).as("usual").isEqualTo(1);
    assertThat(RestorationLoss.dynamicRange(new float[] {-0.51f, 1})).as("below").isEqualTo(2);
    assertThat(RestorationLoss.dynamicRange(new float[] {0, 129})).as("above").isEqualTo(255);
    assertThat(RestorationLoss.dynamicRange(new float[] {-1, 129})).as("both").isEqualTo(256);
  }

  @Test
  void whatIsNotFiniteIsReported() {
    float[] restored = {Float.NaN, 0, 0, 0};
    Loss loss = RestorationLoss.compute(restored, new float[4], 2, 2, 1, null, 1);
    assertThat(loss.isFinite()).as("finite").isFalse();
  }

  @Test
  void doesNotDependOnTheNumberOfThreadsOrTheLayout() {
    int h = 16;
    int w = 24;
    float[] target = noise(2 * 3 * h * w, 5, 0, 1);
    float[] restored = noise(2 * 3 * h * w, 6, 0, 1);
    float[] one = new float[restored.length];
    float[] three = new float[restored.length];
    float[] planar = new float[restored.length];
    Loss loss = RestorationLoss.compute(restored, target, h, w, 3, one, 1);
    assertThat(RestorationLoss.compute(restored, target, h, w, 3, three, 3))
        .as("loss by three threads")
        .isEqualTo(loss);
    assertThat(three).as("gradient by three threads").isEqualTo(one);
    long[] shape = {2, h, w, 3};
    Loss byPlanes =
        RestorationLoss.compute(
            ChannelsLast.toPlanes(restored, shape),
            ChannelsLast.toPlanes(target, shape),
            h,
            w,
            1,
            planar,
            1);
    assertThat(byPlanes).as("loss plane by plane").isEqualTo(loss);
    assertThat(planar).as("gradient plane by plane").isEqualTo(ChannelsLast.toPlanes(one, shape));
  }
}
