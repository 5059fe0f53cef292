package org.fairspark.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.NativeBackend;
import org.junit.jupiter.api.Test;

class UnetGraphTest {
  private static final UnetSpec SHAPE = new UnetSpec(2, 4, true);

  /** So that DL4J's own tools can carry it, Spark's among them. */
  @Test
  void theConfigurationSurvivesJson() {
    NativeBackend.initialize();
    ComputationGraphConfiguration configuration = UnetGraph.configuration(SHAPE, false);
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(read).as("configuration read back").isEqualTo(configuration);
    ComputationGraph graph = new ComputationGraph(read);
    graph.init();
    assertThat(graph.numParams())
        .as("DL4J's count, which includes running statistics")
        .isEqualTo(SHAPE.stateLength());
    graph.close();
  }

  @Test
  void layersComeInTheOrderOfTheTensors() {
    NativeBackend.initialize();
    ComputationGraph graph = new ComputationGraph(UnetGraph.configuration(SHAPE, false));
    graph.init();
    long offset = 0;
    for (UnetSpec.Unit unit : SHAPE.units()) {
      assertThat(graph.getLayer(unit.convolution()).params().offset())
          .as("offset of %s in DL4J's flat parameters", unit.convolution())
          .isEqualTo(offset);
      offset += unit.length();
    }
    graph.close();
  }

  /** Fails where layers fall back to slow code without a word. */
  @Test
  void layersCallOneDnnDirectly() {
    try (Dl4jTrainer network = Dl4jTrainer.create(SHAPE, 1)) {
      assertThat(network.graph().getLayer("encoder.block1.0"))
          .as("a convolution's layer")
          .isInstanceOf(OneDnnConvBlockLayer.class);
      assertThat(network.graph().getLayer("encoder.mp1"))
          .as("a pooling's layer")
          .isInstanceOf(OneDnnResampleLayer.class);
    }
  }
}
