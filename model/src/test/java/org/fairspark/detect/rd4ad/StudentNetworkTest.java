package org.fairspark.detect.rd4ad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.Port;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.network.pytorch.PytorchProbe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StudentNetworkTest {
  private static final List<List<Integer>> LAYERS =
      List.of(List.of(3, 16, 16), List.of(5, 8, 8), List.of(6, 4, 4));

  private static final GraphSpec SPEC = StudentNetwork.of(4, LAYERS);
  private static final int N = 4;
  private static final int INPUTS = 3 * 256 + 5 * 64 + 6 * 16;
  private static final float[] FEATURES = noise(N * INPUTS, 1);

  private static NetworkWeights trained;
  private static double first;
  private static double last;

  @BeforeAll
  static void train() {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    try (Trainer trainer = PytorchProbe.trainer(NetworkWeights.initial(SPEC, 1))) {
      first = step(trainer);
      for (int i = 0; i < 40; i++) {
        last = step(trainer);
      }
      trained = trainer.weights().withoutMoments();
    }
  }

  private static double step(Trainer trainer) {
    return trainer.step(FEATURES, new float[0], N, 64, 64, 0.005).total();
  }

  @Test
  void itsShapesMirrorTheTeachers() {
    assertThat(SPEC.inputs().stream().map(Port::shape)).isEqualTo(LAYERS);
    assertThat(SPEC.shapes())
        .containsEntry("embedding.1.1.norm", List.of(32, 2, 2))
        .containsEntry("student3.features", List.of(6, 4, 4))
        .containsEntry("student1.features", List.of(3, 16, 16));
    assertThat(SPEC.outputs().stream().map(SPEC.shapes()::get))
        .containsExactly(List.of(1, 16, 16), List.of(1, 8, 8), List.of(1, 4, 4));
  }

  @Test
  void theLossFalls() {
    assertThat(first).as("untrained").isBetween(2.0, 4.0);
    assertThat(last).as("trained").isLessThan(0.7 * first);
  }

  /** In evaluation mode, with the statistics that training counted. */
  @Test
  void theExportedFileGivesWhatPytorchGives() {
    float[] one = Arrays.copyOf(FEATURES, INPUTS);
    List<float[]> expected = PytorchProbe.evaluate(trained, one, 1);
    List<float[]> inputs =
        List.of(
            Arrays.copyOf(one, 768),
            Arrays.copyOfRange(one, 768, 1088),
            Arrays.copyOfRange(one, 1088, INPUTS));
    try (OnnxTrainedGraph student =
        OnnxTrainedGraph.open(GraphExport.bytes(trained, Map.of()), 1, OptionalInt.empty())) {
      List<float[]> actual = student.run(inputs);
      assertThat(actual).hasSameSizeAs(expected);
      for (int scale = 0; scale < expected.size(); scale++) {
        assertThat(actual.get(scale)).containsExactly(expected.get(scale), Offset.offset(1e-5f));
      }
      assertThat(student.run(inputs).get(0)).as("again").isEqualTo(actual.get(0));
    }
  }

  @Test
  void strangeFeaturesAreFartherThanThoseThatItLearnt() {
    float[] known = Arrays.copyOf(FEATURES, INPUTS);
    float[] strange = noise(INPUTS, 77);
    assertThat(mean(PytorchProbe.evaluate(trained, strange, 1).get(2)))
        .isGreaterThan(mean(PytorchProbe.evaluate(trained, known, 1).get(2)));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void layersThatDoNotHalveAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StudentNetwork.of(4, List.of(List.of(3, 16, 16), List.of(5, 4, 4))))
        .withMessageContaining("each has half the height and width of the one before")
        .withMessageContaining("[[3, 16, 16], [5, 4, 4]]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StudentNetwork.of(4, List.of(List.of(3, 10, 10), List.of(5, 5, 5))))
        .withMessageContaining("an even height and width");
  }
}
