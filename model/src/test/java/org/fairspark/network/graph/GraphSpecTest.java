package org.fairspark.network.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.fairspark.modelfile.NetworkFile;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainingEngine;
import org.junit.jupiter.api.Test;

class GraphSpecTest {
  private static GraphSpec classifier(int channels) {
    GraphBuilder graph = new GraphBuilder("classifier");
    String image = graph.input("image", 3, 8, 8);
    String wanted = graph.target("class", 2);
    String seen = graph.convBlock("first", Convolution.of(channels, 3).striding(2), image);
    String logits = graph.layer("logits", Linear.of(2), graph.globalMean(seen));
    String loss = graph.scaled(graph.mean(graph.times(graph.logSoftmax(logits), wanted)), -2);
    return graph.build(List.of(logits), loss);
  }

  @Test
  void arraysFollowFromTheLayers() {
    GraphSpec spec = classifier(4);
    assertThat(spec.tensors())
        .extracting(NetworkSpec.TensorSpec::name)
        .containsExactly(
            "first.conv.weight",
            "first.norm.weight",
            "first.norm.bias",
            "first.norm.running_mean",
            "first.norm.running_var",
            "logits.weight",
            "logits.bias");
    assertThat(spec.parameterCount()).isEqualTo(3 * 4 * 9 + 4 + 4 + 2 * 4 + 2);
    assertThat(spec.stateLength()).isEqualTo(spec.parameterCount() + 8);
    assertThat(spec.shapes()).containsEntry("first.conv", List.of(4, 4, 4));
    assertThat(spec.sample(512, 512)).isEqualTo(new NetworkSpec.SampleForm(3 * 8 * 8, 2, 0));
  }

  @Test
  void startsDependOnTheSeedAndTheNameAlone() {
    NetworkWeights few = NetworkWeights.initial(classifier(4), 1);
    assertThat(NetworkWeights.initial(classifier(4), 1).parameters()).isEqualTo(few.parameters());
    float[] of = few.tensor("first.conv.weight");
    assertThat(NetworkWeights.initial(classifier(5), 1).tensor("first.conv.weight")).startsWith(of);
    assertThat(NetworkWeights.initial(classifier(4), 2).tensor("first.conv.weight"))
        .isNotEqualTo(of);
    assertThat(few.tensor("first.norm.running_var")).containsOnly(1);
  }

  @Test
  void memoryGrowsWithTheBatch() {
    GraphSpec spec = classifier(4);
    long one = spec.trainingMemory(TrainingEngine.PYTORCH, 1, 8, 8).activationBytes();
    assertThat(spec.trainingMemory(TrainingEngine.PYTORCH, 3, 8, 8).activationBytes())
        .isEqualTo(3 * one);
    assertThat(spec.runningMemory(InferenceEngine.ONNX, 9, 8, 8).activationBytes()).isLessThan(one);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> spec.trainingMemory(TrainingEngine.DL4J, 1, 8, 8))
        .withMessage("classifier is trained by PyTorch alone");
  }

  @Test
  void filesHoldTheWeightsAndKnowTheirNetwork() throws Exception {
    NetworkWeights weights = NetworkWeights.initial(classifier(4), 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NetworkFile.writeCheckpoint(weights, Map.of("category", "nut"), out);
    NetworkFile.Loaded read =
        NetworkFile.read(new ByteArrayInputStream(out.toByteArray()), classifier(4));
    assertThat(read.weights().parameters()).isEqualTo(weights.parameters());
    assertThat(read.weights().hasMoments()).isTrue();
    assertThat(read.metadata()).containsEntry("category", "nut");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> NetworkFile.read(new ByteArrayInputStream(out.toByteArray()), classifier(5)))
        .withMessageStartingWith("the file should hold the network classifier ");
  }

  @Test
  void layersThatDoNotFitAreRefusedByName() {
    GraphBuilder graph = new GraphBuilder("wrong");
    String image = graph.input("image", 3, 8, 8);
    String map = graph.layer("first", Convolution.of(4, 3), image);
    graph.layer("sum", Arithmetic.ADD, map, image);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.build(List.of(map), graph.mean(map)))
        .withMessage(
            "sum: ADD takes two inputs of one shape, got inputs of the shapes"
                + " [[4, 8, 8], [3, 8, 8]]");
  }

  @Test
  void rowsAndEmbeddingsOfOtherShapesAreRefused() {
    List<Integer> map = List.of(4, 8, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gather().shape(List.of(map, List.of(3))))
        .withMessageContaining("a matrix and the numbers of its rows");
    assertThat(new Gather().shape(List.of(List.of(5, 2), List.of(3)))).containsExactly(3, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Embedding(5, 2).shape(List.of(map)))
        .withMessageContaining("the numbers of things");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Offset(List.of(4, 8), true).shape(List.of(map)))
        .withMessageContaining("an input that its array fits");
    assertThat(new Offset(List.of(1, 8, 1), true).shape(List.of(map))).isEqualTo(map);
  }

  @Test
  void aLayerThatTheLossDoesNotSeeIsRefused() {
    GraphBuilder graph = new GraphBuilder("idle");
    String image = graph.input("image", 3, 8, 8);
    String map = graph.layer("first", Convolution.of(4, 3), image);
    graph.layer("second", Convolution.of(4, 3), map);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.build(List.of(map), graph.mean(map)))
        .withMessage("the loss of idle does not depend on second, which would learn nothing");
  }

  @Test
  void anOutputDoesNotDependOnTargets() {
    GraphBuilder graph = new GraphBuilder("cheat");
    String image = graph.input("image", 3, 8, 8);
    String wanted = graph.target("wanted", 3, 8, 8);
    String map = graph.minus(graph.layer("first", Convolution.of(3, 3), image), wanted);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.build(List.of(map), graph.mean(map)))
        .withMessage("an output of cheat depends on the target wanted");
  }
}
