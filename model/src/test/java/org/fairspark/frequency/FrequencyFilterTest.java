package org.fairspark.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fairspark.image.FloatImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrequencyFilterTest {
  private static final List<FrequencyFilter> FILTERS =
      List.of(new ButterworthHighPass(2.5, 2), new GaussianHighPass(3), new IdealHighPass(2));

  @ParameterizedTest
  @CsvSource({
    "1, 1", "1, 2", "2, 1", "2, 2", "1, 7", "6, 1", "3, 3", "3, 4", "4, 3", "8, 8", "8, 20",
    "20, 8", "15, 9", "16, 31", "13, 22", "65, 49", "37, 64", "2, 223", "227, 3"
  })
  void equalsTheTransformByDefinitionAtAnySize(int height, int width) {
    FloatImage gray = noise(1, height, width, 11);
    for (FrequencyFilter filter : FILTERS) {
      float[] fast = filter.extractFromGray(gray).values();
      double[] naive =
          NaiveFourier.filter(
              gray.values(), height, width, TransferFunction.centred(filter, height, width));
      for (int i = 0; i < naive.length; i++) {
        assertThat((double) fast[i])
            .as("%s at %d of %d x %d", filter.describe(), i, height, width)
            .isCloseTo(naive[i], within(1e-7));
      }
    }
  }

  @Test
  void halfSpectrumEqualsTheTransformByDefinition() {
    for (int[] size :
        new int[][] {{1, 1}, {2, 2}, {5, 4}, {4, 5}, {9, 7}, {8, 8}, {1, 3}, {3, 1}}) {
      int height = size[0];
      int width = size[1];
      float[] planes = noise(2, height, width, 5).values();
      double[] half = new double[(width / 2 + 1) * height * 2];
      FourierPlan.of(height, width).halfSpectrum(planes, height * width, half);
      float[] second = Arrays.copyOfRange(planes, height * width, 2 * height * width);
      double[] full = NaiveFourier.transform(second, height, width);
      for (int u = 0; u <= width / 2; u++) {
        for (int v = 0; v < height; v++) {
          for (int part = 0; part < 2; part++) {
            assertThat(half[2 * (u * height + v) + part])
                .as("column %d row %d part %d of %d x %d", u, v, part, height, width)
                .isCloseTo(full[2 * (v * width + u) + part], within(1e-12));
          }
        }
      }
    }
  }

  @Test
  void constantImageBecomesZero() {
    float[] values = new float[3 * 20 * 30];
    Arrays.fill(values, 0.7f);
    for (FrequencyFilter filter : FILTERS) {
      FloatImage filtered = filter.extract(new FloatImage(3, 20, 30, values));
      assertThat(filtered.channels()).as("channels").isEqualTo(1);
      for (float v : filtered.values()) {
        assertThat(v).as(filter.describe()).isCloseTo(0f, within(1e-7f));
      }
    }
  }

  @Test
  void gainsAreThePapersFormulas() {
    assertThat(new ButterworthHighPass(30, 2).gain(30))
        .as("half at D0")
        .isCloseTo(0.5, within(1e-6));
    assertThat(new ButterworthHighPass(30, 2).gain(60))
        .as("1 / (1 + (1/2)^4)")
        .isCloseTo(16.0 / 17, within(1e-7));
    assertThat(new ButterworthHighPass(30, 2).gain(0)).as("at zero").isBetween(0.0, 1e-29);
    assertThat(new ButterworthHighPass(30, 60).gain(0)).as("overflowing power").isEqualTo(0);
    assertThat(new GaussianHighPass(10).gain(10))
        .as("1 - e^(-1/2)")
        .isCloseTo(1 - Math.exp(-0.5), within(1e-15));
    assertThat(new GaussianHighPass(10).gain(0)).as("at zero").isEqualTo(0);
    assertThat(new IdealHighPass(10).gain(10)).as("D0 itself is cut").isEqualTo(0);
    assertThat(new IdealHighPass(10).gain(10.001)).as("above D0").isEqualTo(1);
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    List<FloatImage> images =
        IntStream.range(0, 64).mapToObj(i -> noise(3, 24 + i % 3, 32 - i % 5, i)).toList();
    FrequencyFilter filter = new ButterworthHighPass(4, 2);
    List<float[]> serial = images.stream().map(i -> filter.extract(i).values()).toList();
    List<float[]> parallel = images.parallelStream().map(i -> filter.extract(i).values()).toList();
    for (int i = 0; i < serial.size(); i++) {
      assertThat(parallel.get(i)).as("image %d", i).isEqualTo(serial.get(i));
    }
  }

  @Test
  void impulseResponseIsWhatTheFilterMakesOfOnePixel() {
    FrequencyFilter filter = new ButterworthHighPass(3, 2);
    float[] response = TransferFunction.impulseResponse(filter, 9, 12);
    double sum = 0;
    for (float v : response) {
      sum += v;
    }
    assertThat(sum).as("no zero frequency passes").isCloseTo(0, within(1e-6));
    assertThat(response[4 * 12 + 6]).as("peak in the middle").isGreaterThan(0.3f);
    assertThat(response[4 * 12 + 5]).as("even").isCloseTo(response[4 * 12 + 7], within(1e-7f));
  }

  @Test
  void radialGainStartsAtTheOrigin() {
    assertThat(TransferFunction.radial(new IdealHighPass(1), 4))
        .as("ideal")
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void refusesWhatItCannotFilter() {
    assertThatThrownBy(() -> new ButterworthHighPass(0, 2)).hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> new ButterworthHighPass(30, 0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new GaussianHighPass(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new IdealHighPass(-1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> FILTERS.get(0).extract(noise(1, 4, 4, 1)))
        .hasMessageContaining("got 1");
    assertThatThrownBy(() -> FILTERS.get(0).extractFromGray(noise(3, 4, 4, 1)))
        .hasMessageContaining("got 3");
  }

  @Test
  void describesItself() {
    assertThat(new ButterworthHighPass(30, 2).describe())
        .isEqualTo("Butterworth high-pass, D0 = 30, order 2");
    assertThat(new GaussianHighPass(12.5).describe()).isEqualTo("Gaussian high-pass, D0 = 12.5");
  }

  static FloatImage noise(int channels, int height, int width, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[channels * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new FloatImage(channels, height, width, values);
  }
}
