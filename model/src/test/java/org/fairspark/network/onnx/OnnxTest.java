package org.fairspark.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import onnx.Onnx;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.UnetTopology;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxTest {
  private static NetworkWeights trained(UnetSpec shape) {
    int plane = 32 * 32;
    try (Dl4jTrainer network = Dl4jTrainer.create(shape, 3)) {
      for (int step = 0; step < 5; step++) {
        float[] input = noise(2 * shape.inputChannels() * plane, step);
        network.step(input, noise(6 * plane, 9), 2, 32, 32, 1e-3);
      }
      return network.weights();
    }
  }

  /** Read by the classes that are generated from onnx.proto. */
  @ParameterizedTest
  @CsvSource({"1, 8, true", "2, 5, true", "3, 8, false"})
  void theFileHoldsTheTopologysSteps(int channels, int width, boolean skips) throws Exception {
    UnetSpec spec = new UnetSpec(channels, width, skips);
    byte[] file = OnnxExport.bytes(NetworkWeights.initial(spec, 1), Map.of("key", "value"));
    Onnx.ModelProto model = Onnx.ModelProto.parseFrom(file);
    assertThat(model.getUnknownFields().asMap()).isEmpty();
    assertThat(model.getMetadataProps(0).getValue()).isEqualTo("value");
    List<String> operators = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Onnx.NodeProto node : model.getGraph().getNodeList()) {
      operators.add(node.getOpType());
    }
    for (UnetTopology.Step step : UnetTopology.of(spec).steps()) {
      if (step instanceof UnetTopology.Convolution convolution) {
        expected.add("Conv");
        if (convolution.unit().normalized()) {
          expected.add("Relu");
        }
      } else if (step instanceof UnetTopology.MaxPool) {
        expected.add("MaxPool");
      } else {
        expected.add(step instanceof UnetTopology.Upsample ? "Resize" : "Add");
      }
    }
    assertThat(operators).isEqualTo(expected);
    Map<String, List<Long>> tensors = new HashMap<>();
    model
        .getGraph()
        .getInitializerList()
        .forEach(tensor -> tensors.put(tensor.getName(), tensor.getDimsList()));
    for (UnetSpec.Unit unit : spec.units()) {
      assertThat(tensors.get(unit.convolution() + ".weight"))
          .containsExactly((long) unit.out(), (long) unit.in(), 3L, 3L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void discriminatesAsTheNetworkThatWasTrained(boolean skips) {
    UnetSpec spec = new UnetSpec(6, 5, skips, UnetSpec.Head.MASK);
    NetworkWeights state = NetworkWeights.initial(spec, 3);
    float[] input = noise(2 * 6 * 32 * 48, 21);
    try (Dl4jTrainer network = Dl4jTrainer.of(state);
        OnnxRestorer onnx = OnnxRestorer.open(OnnxExport.bytes(state, Map.of()), 1)) {
      float[] expected = network.restore(input, 2, 32, 48);
      assertThat(onnx.restore(input, 2, 32, 48))
          .as("logarithms of the odds, one for a pixel")
          .hasSize(2 * 32 * 48)
          .containsExactly(expected, within(1e-4f));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 8, true", "2, 5, true", "3, 8, false"})
  void restoresAsTheNetworkThatWasTrained(int channels, int width, boolean skips) {
    NetworkWeights state = trained(new UnetSpec(channels, width, skips));
    byte[] file = OnnxExport.bytes(state, Map.of());
    try (Dl4jTrainer network = Dl4jTrainer.of(state);
        OnnxRestorer onnx = OnnxRestorer.open(file, 1)) {
      // Batch and size are free.
      for (int[] size : List.of(new int[] {1, 32, 32}, new int[] {3, 16, 48})) {
        float[] input = noise(size[0] * channels * size[1] * size[2], 21);
        float[] expected = network.restore(input, size[0], size[1], size[2]);
        assertThat(onnx.restore(input, size[0], size[1], size[2]))
            .as("restoration of %s", Arrays.toString(size))
            .containsExactly(expected, within(1e-4f));
      }
    }
  }

  @Test
  void anImageIsRestoredTheSameInAnyBatchByAnyNumberOfThreads() {
    byte[] file = OnnxExport.bytes(trained(new UnetSpec(1, 8, true)), Map.of());
    int plane = 32 * 32;
    float[] input = noise(3 * plane, 5);
    try (OnnxRestorer one = OnnxRestorer.open(file, 1);
        OnnxRestorer two = OnnxRestorer.open(file, 2)) {
      float[] all = one.restore(input, 3, 32, 32);
      float[] second = one.restore(Arrays.copyOfRange(input, plane, 2 * plane), 1, 32, 32);
      assertThat(second)
          .as("the second of three, alone")
          .isEqualTo(Arrays.copyOfRange(all, 3 * plane, 6 * plane));
      assertThat(two.restore(input, 3, 32, 32)).as("by two threads").isEqualTo(all);
    }
  }

  @Test
  void carriesItsMetadata() {
    Map<String, String> metadata = Map.of("extractor", "butterworth 30/2", "näme", "größe");
    byte[] file = OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(1, 4, true), 1), metadata);
    try (OnnxRestorer onnx = OnnxRestorer.open(file, 1)) {
      assertThat(onnx.metadata()).as("metadata").isEqualTo(metadata);
    }
  }

  @Test
  void saysWhyItCannotBeUsedWhereItsLibraryDoesNotLoad() throws Exception {
    assertThat(OnnxRestorer.unavailable()).as("here").isEmpty();
    // A library loads once per process: another one is needed to see it fail.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Donnxruntime.native.path=/no/such/folder",
                WithoutLibrary.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("unavailable: ", "/no/such/folder")
        .contains("refused: ONNX Runtime cannot be loaded");
  }

  /** The program that {@link #saysWhyItCannotBeUsedWhereItsLibraryDoesNotLoad} runs. */
  static final class WithoutLibrary {
    private WithoutLibrary() {}

    public static void main(String[] args) {
      System.out.println("unavailable: " + OnnxRestorer.unavailable().orElseThrow());
      try (OnnxRestorer none = OnnxRestorer.open(new byte[0], 1)) {
        System.out.println("opened: " + none);
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @Test
  void aGpuIsRefusedAtOnceWhereTheLibraryIsForCpus() {
    assumeThat(OnnxRestorer.hasCuda()).as("whether the library is for GPUs").isFalse();
    byte[] file = OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(1, 4, true), 1), Map.of());
    assertThatIllegalStateException()
        .isThrownBy(() -> OnnxRestorer.open(file, 1, OptionalInt.of(0)))
        .withMessageContaining("GPU 0 is asked for, and this build's ONNX Runtime is for CPUs only")
        .withMessageContaining("FAIR_PROFILES=onnx-gpu");
  }

  @Test
  void refusesWhatIsNoNetworkAndWhatDoesNotFit() {
    byte[] text = "not a network".getBytes(StandardCharsets.UTF_8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxRestorer.open(text, 1))
        .withMessageContaining("cannot open");
    byte[] file = OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(1, 4, true), 1), Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxRestorer.open(Arrays.copyOf(file, file.length / 2), 1))
        .withMessageContaining("cannot open");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxRestorer.open(file, 0))
        .withMessageContaining("threads");
    try (OnnxRestorer onnx = OnnxRestorer.open(file, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> onnx.restore(new float[100], 1, 16, 16))
          .withMessageContaining("1 x 1 x 16 x 16 = 256 values, got 100");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> onnx.restore(new float[10 * 16], 1, 10, 16))
          .withMessageContaining("multiples of 16");
    }
  }
}
