package org.fairspark.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.image.FloatImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.junit.jupiter.api.Test;

class OnnxBackboneTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("fair.data", "../../shared/data")).resolveSibling("backbones");

  private static byte[] network() {
    return OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(3, 8, true), 1), Map.of());
  }

  private static FloatImage check(int height, int width) {
    float[] values = new float[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((i * 40503L + 12345) % 65536) / 32768f - 1;
    }
    return new FloatImage(3, height, width, values);
  }

  @Test
  void givesTheFeaturesOfAPretrainedNetwork() throws IOException {
    Path file = FOLDER.resolve("efficientnet_lite0_features.onnx");
    assumeTrue(Files.exists(file), "no backbone at " + file + ": skipped");
    JsonNode cases =
        new ObjectMapper().readTree(FOLDER.resolve("check.json").toFile()).path("cases");
    JsonNode first = cases.get(0);
    List<String> layers = new ArrayList<>();
    first.path("outputs").fieldNames().forEachRemaining(layers::add);
    try (OnnxBackbone backbone =
        OnnxBackbone.open(Files.readAllBytes(file), layers, 1, OptionalInt.empty())) {
      List<FloatImage> maps =
          backbone.features(
              check(
                  first.path("input_shape").get(2).asInt(),
                  first.path("input_shape").get(3).asInt()));
      for (int i = 0; i < layers.size(); i++) {
        JsonNode expected = first.path("outputs").path(layers.get(i));
        FloatImage map = maps.get(i);
        assertThat(map.channels()).isEqualTo(expected.path("shape").get(1).asInt());
        assertThat(map.height()).isEqualTo(expected.path("shape").get(2).asInt());
        expected
            .path("elements")
            .fields()
            .forEachRemaining(
                element ->
                    assertThat(map.values()[Integer.parseInt(element.getKey())])
                        .isCloseTo((float) element.getValue().asDouble(), within(1e-3f)));
      }
    }
  }

  @Test
  void refusesALayerThatIsNotThere() {
    byte[] file = network();
    assertThatThrownBy(() -> OnnxBackbone.open(file, List.of("layer3"), 1, OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no output layer3; it has restored");
  }

  @Test
  void refusesAnImageThatTheNetworkCannotTake() {
    try (OnnxBackbone backbone =
        OnnxBackbone.open(network(), List.of("restored"), 1, OptionalInt.empty())) {
      assertThatThrownBy(() -> backbone.features(check(20, 20)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("20 x 20 pixels");
    }
  }

  @Test
  void refusesWhatIsNoNetwork() {
    assertThatThrownBy(
            () -> OnnxBackbone.open(new byte[] {1, 2, 3}, List.of("a"), 1, OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot open");
  }
}
