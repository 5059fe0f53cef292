package org.fairspark.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fairspark.color.CieLab;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyFunctionTest {
  private static final AnomalyFunction GRADIENT =
      new AnomalyFunction(true, 0, ColorOrder.RGB, 1, 1);
  private static final AnomalyFunction COLOR = new AnomalyFunction(false, 1, ColorOrder.RGB, 2, 1);

  @Test
  void equalImagesDoNotDiffer() {
    FloatImage image = noise(20, 30, 1);
    for (float v : AnomalyFunction.paper().map(image, image).values()) {
      assertThat(v).as("map of an image and itself").isBetween(0f, 1e-8f);
    }
  }

  @Test
  void onePixelsGradientIsTheFormula() {
    // One pixel: all neighbours are padding, so both gradients are 0 whatever the values.
    float[] flat =
        GRADIENT.map(constant(1, 1, 0.1f, 0.2f, 0.3f), constant(1, 1, 0.9f, 0.9f, 0.9f)).values();
    assertThat(flat[0]).as("no gradient in either").isCloseTo(0f, within(1e-8f));
    // Two pixels in a row, image 0.6 0.6, restoration 0 0: at the left pixel the right neighbour
    // pulls gx = -0.6 / 3, gy = 0; so m1 = 0.2, m2 = 1e-6, the root of the epsilon.
    float[] edge = GRADIENT.map(constant(1, 2, 0.6f, 0.6f, 0.6f), constant(1, 2, 0, 0, 0)).values();
    double expected = 1 - (2 * 0.2 * 1e-6 + 0.0026) / (0.2 * 0.2 + 0.0026);
    assertThat((double) edge[0]).as("left").isCloseTo(expected, within(1e-6));
    assertThat((double) edge[1]).as("right").isCloseTo(expected, within(1e-6));
  }

  @Test
  void colorIsTheSquaredLabDifferenceWithoutLightness() {
    // CIELAB of pure red: a = 80.09, b = 67.20; of pure green -86.18, 83.18; grays have none.
    float[] redGray = COLOR.map(constant(1, 1, 1, 0, 0), constant(1, 1, 0.5f, 0.5f, 0.5f)).values();
    assertThat((double) redGray[0])
        .as("red against gray")
        .isCloseTo(80.09 * 80.09 + 67.20 * 67.20, within(5.0));
    float[] grays =
        COLOR.map(constant(1, 1, 1, 1, 1), constant(1, 1, 0.25f, 0.25f, 0.25f)).values();
    assertThat(grays[0]).as("white against gray").isCloseTo(0f, within(1e-3f));
    AnomalyFunction reference = new AnomalyFunction(false, 1, ColorOrder.REFERENCE_BGR, 2, 1);
    assertThat(reference.map(constant(1, 1, 0, 0, 1), constant(1, 1, 0.5f, 0.5f, 0.5f)).values()[0])
        .as("the reference's order sees blue as red")
        .isCloseTo(redGray[0], within(1e-3f));
  }

  @Test
  void labEqualsItsDefinitionAlsoBeyondTheGamut() {
    SeededRandom random = new SeededRandom(3);
    for (int i = 0; i < 20_000; i++) {
      float[] rgb = new float[3];
      for (int c = 0; c < 3; c++) {
        rgb[c] = (float) random.nextDouble(-0.3, i % 100 == 0 ? 9 : 1.4);
      }
      float[] lab = CieLab.of(new FloatImage(3, 1, 1, rgb), ColorOrder.RGB).values();
      double[] expected = labByDefinition(rgb);
      for (int c = 0; c < 3; c++) {
        assertThat((double) lab[c])
            .as("channel %d of %s", c, java.util.Arrays.toString(rgb))
            .isCloseTo(expected[c], within(3e-5 * Math.max(1, Math.abs(expected[c]) / 100)));
      }
    }
  }

  private static double[] labByDefinition(float[] rgb) {
    double[] linear = new double[3];
    for (int c = 0; c < 3; c++) {
      linear[c] = rgb[c] > 0.04045f ? Math.pow((rgb[c] + 0.055) / 1.055, 2.4) : rgb[c] / 12.92;
    }
    double[][] matrix = {
      {0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}
    };
    double[] white = {0.95047, 1, 1.08883};
    double[] f = new double[3];
    for (int k = 0; k < 3; k++) {
      double t =
          (matrix[k][0] * linear[0] + matrix[k][1] * linear[1] + matrix[k][2] * linear[2])
              / white[k];
      f[k] = t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 4.0 / 29;
    }
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 3", "5, 9, 3", "9, 5, 21", "30, 41, 7", "41, 30, 21", "25, 25, 25"})
  void smoothingIsTheZeroPaddedMean(int height, int width, int size) {
    SeededRandom random = new SeededRandom(9);
    float[] map = new float[height * width];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) random.nextDouble();
    }
    float[] smoothed = map.clone();
    MeanFilter.apply(smoothed, height, width, size, new float[map.length]);
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        double sum = 0;
        for (int y = Math.max(0, r - size / 2); y <= Math.min(height - 1, r + size / 2); y++) {
          for (int x = Math.max(0, c - size / 2); x <= Math.min(width - 1, c + size / 2); x++) {
            sum += map[y * width + x];
          }
        }
        assertThat((double) smoothed[r * width + c])
            .as("row %d column %d", r, c)
            .isCloseTo(sum / (size * size), within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "5"})
  void anyNumberOfScalesIsTheMeanOfItsScales(int scales) {
    FloatImage original = noise(37, 51, 1);
    FloatImage restored = noise(37, 51, 2);
    double[] expected = new double[37 * 51];
    for (int s = 0; s < scales; s++) {
      FloatImage similarity = GradientSimilarity.similarity(original, restored, s);
      assertThat(similarity.height()).as("height at scale %d", s).isEqualTo(37 >> s);
      float[] full = BilinearUpsampling.resize(similarity, 37, 51).values();
      for (int i = 0; i < full.length; i++) {
        expected[i % expected.length] += (1 - full[i]) / (3.0 * scales);
      }
    }
    float[] map =
        new AnomalyFunction(true, 0, ColorOrder.RGB, scales, 1).map(original, restored).values();
    for (int p = 0; p < map.length; p++) {
      assertThat((double) map[p]).as("pixel %d", p).isCloseTo(expected[p], within(1e-6));
    }
  }

  @Test
  void gradientAndColourAdd() {
    FloatImage original = noise(16, 16, 1);
    FloatImage restored = noise(16, 16, 2);
    float[] both =
        new AnomalyFunction(true, 0.01, ColorOrder.RGB, 1, 1).map(original, restored).values();
    float[] gradient = GRADIENT.map(original, restored).values();
    float[] color = COLOR.map(original, restored).values();
    for (int p = 0; p < both.length; p++) {
      float sum = gradient[p] + 0.01f * color[p];
      assertThat(both[p]).as("pixel %d", p).isCloseTo(sum, within(1e-5f * (1 + sum)));
    }
  }

  @Test
  void threadsAndSizesDoNotDisturbEachOther() {
    List<FloatImage> images =
        IntStream.range(0, 40).mapToObj(i -> noise(20 + i % 3, 30 - i % 7, i)).toList();
    List<FloatImage> others =
        IntStream.range(0, 40).mapToObj(i -> noise(20 + i % 3, 30 - i % 7, 99 + i)).toList();
    AnomalyFunction function = AnomalyFunction.paper();
    List<float[]> serial =
        IntStream.range(0, 40)
            .mapToObj(i -> function.map(images.get(i), others.get(i)).values())
            .toList();
    List<float[]> parallel =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> function.map(images.get(i), others.get(i)).values())
            .toList();
    for (int i = 0; i < 40; i++) {
      assertThat(parallel.get(i)).as("pair %d", i).isEqualTo(serial.get(i));
    }
  }

  @Test
  void aNanInTheRestorationReachesScoreAndPeak() {
    FloatImage image = noise(30, 30, 1);
    FloatImage broken = noise(30, 30, 2);
    broken.values()[500] = Float.NaN;
    FloatImage map = AnomalyFunction.paper().map(image, broken);
    assertThat(AnomalyFunction.score(map)).as("score").isNaN();
    assertThat(Peak.of(map).value()).as("peak").isNaN();
  }

  @Test
  void peakIsTheFirstMaximum() {
    FloatImage map = new FloatImage(1, 2, 3, new float[] {0, 1, 5, 2, 5, 0});
    assertThat(Peak.of(map)).as("peak").isEqualTo(new Peak(0, 2, 5));
    assertThat(AnomalyFunction.score(map)).as("score").isEqualTo(5f);
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> new AnomalyFunction(false, 0, ColorOrder.RGB, 2, 21))
        .hasMessageContaining("gradient, color or both");
    assertThatThrownBy(() -> new AnomalyFunction(true, 0, ColorOrder.RGB, 2, 20))
        .hasMessageContaining("got 20");
    assertThatThrownBy(() -> new AnomalyFunction(true, -1, ColorOrder.RGB, 2, 21))
        .hasMessageContaining("got -1.0");
    assertThatThrownBy(() -> new AnomalyFunction(true, 0, ColorOrder.RGB, 0, 21))
        .hasMessageContaining("got 0");
    AnomalyFunction paper = AnomalyFunction.paper();
    assertThatThrownBy(() -> paper.map(noise(4, 4, 1), noise(4, 5, 1)))
        .hasMessageContaining("[3][4][4] and [3][4][5]");
    assertThatThrownBy(() -> paper.map(noise(1, 4, 1), noise(1, 4, 1)))
        .hasMessageContaining("1 x 4 is too small for 2 scales");
  }

  private static FloatImage constant(int height, int width, float r, float g, float b) {
    int plane = height * width;
    float[] values = new float[3 * plane];
    Arrays.fill(values, 0, plane, r);
    Arrays.fill(values, plane, 2 * plane, g);
    Arrays.fill(values, 2 * plane, 3 * plane, b);
    return new FloatImage(3, height, width, values);
  }

  private static FloatImage noise(int height, int width, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new FloatImage(3, height, width, values);
  }
}
