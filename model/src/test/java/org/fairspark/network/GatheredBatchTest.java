package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;

import java.util.Arrays;
import java.util.Map;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxRestorer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an image is restored to, whatever else is in its batch, by each engine. */
class GatheredBatchTest {
  private static final int BATCH = 4;
  private static final int PLANE = 64 * 64;

  private static Restorer restorer(InferenceEngine engine, int threads) {
    NetworkWeights weights;
    try (Dl4jTrainer network = Dl4jTrainer.create(new UnetSpec(1, 16, true), 3)) {
      for (int step = 0; step < 4; step++) {
        network.step(noise(2 * 32 * 32, step), noise(6 * 32 * 32, 9), 2, 32, 32, 1e-2);
      }
      weights = network.weights();
    }
    return switch (engine) {
      case ONEDNN -> OneDnnRestorer.of(weights, threads);
      case ONNX -> OnnxRestorer.open(OnnxExport.bytes(weights, Map.of()), threads);
      case DL4J -> Dl4jTrainer.of(weights, threads);
    };
  }

  @ParameterizedTest
  @CsvSource({"ONEDNN, 1", "ONEDNN, 2", "ONNX, 1", "ONNX, 2", "DL4J, 1", "DL4J, 2"})
  void anImageIsRestoredToTheSameBitsAtAnyPlaceBesideAnyOthers(
      InferenceEngine engine, int threads) {
    assumeThat(
            engine == InferenceEngine.ONEDNN
                && OneDnnRestorer.unsuitable(new UnetSpec(1, 16, true)).isPresent())
        .as("an engine that cannot run here")
        .isFalse();
    float[] image = noise(PLANE, 1);
    try (Restorer own = restorer(engine, threads)) {
      float[] alone = own.restoreFilled(image, 1, BATCH, 64, 64);
      for (int place = 0; place < BATCH; place++) {
        float[] batch = noise(BATCH * PLANE, 20 + place);
        System.arraycopy(image, 0, batch, place * PLANE, PLANE);
        float[] restored = own.restoreFilled(batch, BATCH, BATCH, 64, 64);
        assertThat(Arrays.copyOfRange(restored, place * 3 * PLANE, (place + 1) * 3 * PLANE))
            .as("at place %d of %d", place, BATCH)
            .isEqualTo(alone);
      }
    }
  }
}
