package org.fairspark.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.ChannelsLast;
import org.fairspark.network.backend.HostArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Calls of oneDNN and ND4J's own operations compute the same. */
class OneDnnAndPortableLayersTest {
  private static void assertClose(String what, float[] actual, float[] expected, double share) {
    double largest = 1e-6;
    for (float v : expected) {
      largest = Math.max(largest, Math.abs(v));
    }
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("%s at %d, the largest being %s", what, i, largest)
          .isCloseTo(expected[i], within(share * largest));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, true, 2, 32, 32",
    "2, 5, true, 1, 48, 32", // channels that fill no vector register
    "3, 4, false, 2, 16, 32",
    "1, 8, true, 1, 16, 16", // one pixel at the bottom
  })
  void theWholeNetwork(int in, int width, boolean skips, int n, int h, int w) {
    NetworkWeights state = NetworkWeights.initial(new UnetSpec(in, width, skips), 11);
    float[] input = noise(n * in * h * w, 3);
    float[] target = noise(n * 3 * h * w, 4);
    try (Dl4jTrainer fast = Dl4jTrainer.of(state);
        Dl4jTrainer portable = Dl4jTrainer.portable(state)) {
      assertClose(
          "restoration", fast.restore(input, n, h, w), portable.restore(input, n, h, w), 1e-5);
      if (n * h * w / 256 < 2) {
        return; // a mean of one pixel leaves nothing to train on
      }
      Map<String, float[]> gradients = NetworkProbe.gradients(fast, input, target, n, h, w);
      NetworkProbe.gradients(portable, input, target, n, h, w)
          .forEach(
              (name, expected) -> {
                // Most biases have no gradient but noise. Of the others, a value that rounding
                // takes to the other side of ReLU's bend is felt in all that lies before.
                if (name.endsWith("weight")) {
                  assertClose("gradient of " + name, gradients.get(name), expected, 1e-2);
                }
              });
      assertClose(
          "running statistics", fast.weights().parameters(), portable.weights().parameters(), 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource(Resample.Kind.class)
  void resampling(Resample.Kind kind) {
    Layer fast = ResampleProbe.layer(kind, false);
    Layer portable = ResampleProbe.layer(kind, true);
    assertThat(fast).as("the fast layer").isInstanceOf(OneDnnResampleLayer.class);
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    for (long[] shape : List.of(new long[] {2, 6, 10, 5}, new long[] {1, 4, 2, 16})) {
      int length = (int) (shape[0] * shape[1] * shape[2] * shape[3]);
      INDArray in = Nd4j.create(noise(length, 7), shape, 'c');
      INDArray expected = portable.activate(in, true, none);
      assertClose(
          kind + " forward",
          HostArrays.get(fast.activate(in, true, none)),
          HostArrays.get(expected),
          1e-6);
      INDArray epsilon = Nd4j.create(noise((int) expected.length(), 8), expected.shape(), 'c');
      assertClose(
          kind + " backward",
          HostArrays.get(fast.backpropGradient(epsilon, none).getSecond()),
          HostArrays.get(portable.backpropGradient(epsilon, none).getSecond()),
          1e-6);
    }
    fast.close();
  }

  /** [1 2 3] at twice its length: positions 0, 0.4, 0.8, 1.2, 1.6 and 2 of the input. */
  @Test
  void doublingByHand() {
    float[] image = {1, 2, 3, 1, 2, 3, 1, 2, 3};
    float[] doubled = NetworkProbe.doubled(image, 1, 3, 3);
    for (int row = 0; row < 6; row++) {
      assertThat(java.util.Arrays.copyOfRange(doubled, 6 * row, 6 * row + 6))
          .as("row %d", row)
          .containsExactly(new float[] {1, 1.4f, 1.8f, 2.2f, 2.6f, 3}, within(1e-6f));
    }
  }

  /** Forward and backward pass must be adjoint: (A x, y) = (x, A' y). */
  @Test
  void doublingBackIsTheExactAdjoint() {
    float[] x = noise(5 * 7, 1);
    float[] y = noise(10 * 14, 2);
    Layer layer = ResampleProbe.layer(Resample.Kind.DOUBLE, false);
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    INDArray forth = layer.activate(ChannelsLast.array(x, 1, 1, 5, 7), true, none);
    float[] ax = HostArrays.get(forth);
    float[] aty =
        HostArrays.get(
            layer.backpropGradient(ChannelsLast.array(y, 1, 1, 10, 14), none).getSecond());
    double left = 0;
    for (int i = 0; i < y.length; i++) {
      left += (double) ax[i] * y[i];
    }
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      right += (double) x[i] * aty[i];
    }
    assertThat(left).as("(A x, y)").isCloseTo(right, within(1e-5));
  }

  @Test
  void exactStatisticsOfManyPixelsFarFromZero() {
    // Values about 100 with deviation 0.01: a naive sum of squares would lose all of it.
    UnetSpec shape = new UnetSpec(1, 4, true);
    NetworkWeights state = NetworkWeights.initial(shape, 1);
    float[] input = new float[2 * 64 * 64];
    float[] offsets = noise(input.length, 5);
    for (int i = 0; i < input.length; i++) {
      input[i] = 100 + 0.02f * (offsets[i] - 0.5f);
    }
    assertClose(
        "running variance",
        firstVariance(state, input, false),
        firstVariance(state, input, true),
        1e-4);
  }

  private static float[] firstVariance(NetworkWeights state, float[] input, boolean portable) {
    try (Dl4jTrainer network = portable ? Dl4jTrainer.portable(state) : Dl4jTrainer.of(state)) {
      NetworkProbe.trainingForward(network, input, 2, 64, 64);
      return network.weights().tensor("encoder.block1.1.running_var");
    }
  }
}
