package org.fairspark.detect.rd4ad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.Detection;
import org.fairspark.features.BackboneSettings;
import org.fairspark.image.FloatImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.network.pytorch.PytorchProbe;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stripes are normal, and dark squares on them are not. */
class Rd4adDetectorTest {
  private static final int SIZE = 64;
  private static final int BATCH = 8;
  private static final int STEPS = 150;
  private static final int SQUARE = 12;

  private static final BackboneSettings SETTINGS =
      new BackboneSettings(
          List.of("fine", "coarse"), List.of(127d, 127d, 127d), List.of(128d, 128d, 128d));

  private static List<Detection> normal;
  private static List<Detection> defective;
  private static List<Detection> together;

  @BeforeAll
  static void train() {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    GraphSpec spec = StudentNetwork.of(8, List.of(List.of(8, 16, 16), List.of(16, 8, 8)));
    try (OnnxBackbone teacher =
        OnnxBackbone.open(teacher(), SETTINGS.layers(), 1, OptionalInt.empty())) {
      float[] features = new float[BATCH * spec.sample(SIZE, SIZE).inputs()];
      int at = 0;
      for (int image = 0; image < BATCH; image++) {
        for (FloatImage layer : teacher.features(SETTINGS.preprocess(stripes(image)))) {
          System.arraycopy(layer.values(), 0, features, at, layer.values().length);
          at += layer.values().length;
        }
      }
      byte[] student;
      try (Trainer trainer = PytorchProbe.trainer(NetworkWeights.initial(spec, 1))) {
        for (int step = 0; step < STEPS; step++) {
          trainer.step(features, new float[0], BATCH, SIZE, SIZE, 0.005);
        }
        student = GraphExport.bytes(trainer.weights().withoutMoments(), Map.of());
      }
      try (OnnxTrainedGraph network = OnnxTrainedGraph.open(student, 1, OptionalInt.empty())) {
        Rd4adDetector detector = new Rd4adDetector(SETTINGS, teacher, network);
        List<FloatImage> clean = new ArrayList<>();
        List<FloatImage> marked = new ArrayList<>();
        for (int image = 100; image < 105; image++) {
          clean.add(stripes(image));
          marked.add(withSquare(stripes(image)));
        }
        normal = detector.detect(clean);
        defective = marked.stream().map(image -> detector.detect(List.of(image)).get(0)).toList();
        together = detector.detect(marked);
      }
    }
  }

  private static byte[] teacher() {
    GraphBuilder graph = new GraphBuilder("teacher");
    String image = graph.input("image", 3, SIZE, SIZE);
    String half = graph.relu(graph.layer("half", Convolution.of(8, 3).striding(2), image));
    String fine = graph.layer("fine", Convolution.of(8, 3).striding(2), half);
    String coarse = graph.layer("coarse", Convolution.of(16, 3).striding(2), graph.relu(fine));
    GraphSpec spec = graph.build(List.of(fine, coarse), graph.mean(coarse));
    return GraphExport.bytes(NetworkWeights.initial(spec, 1), Map.of());
  }

  private static FloatImage stripes(int number) {
    SeededRandom random = SeededRandom.of(3, "stripes", number);
    double phase = random.nextDouble(0, 2 * Math.PI);
    float[] values = new float[3 * SIZE * SIZE];
    for (int p = 0; p < SIZE * SIZE; p++) {
      double wave = 0.5 + 0.25 * Math.sin(phase + p % SIZE * 0.6);
      for (int c = 0; c < 3; c++) {
        values[c * SIZE * SIZE + p] = (float) (wave + 0.02 * random.nextGaussian());
      }
    }
    return new FloatImage(3, SIZE, SIZE, values);
  }

  private static FloatImage withSquare(FloatImage image) {
    float[] values = image.values().clone();
    for (int c = 0; c < 3; c++) {
      for (int row = 20; row < 20 + SQUARE; row++) {
        for (int x = 36; x < 36 + SQUARE; x++) {
          values[(c * SIZE + row) * SIZE + x] = 0.1f;
        }
      }
    }
    return new FloatImage(3, SIZE, SIZE, values);
  }

  @Test
  void defectsScoreHigherThanAnyNormalImage() {
    double highest = normal.stream().mapToDouble(Detection::score).max().orElseThrow();
    assertThat(defective).allMatch(detection -> detection.score() > highest);
  }

  @Test
  void theMapShowsWhereTheyAre() {
    for (Detection detection : defective) {
      Peak peak = Peak.of(detection.map());
      assertThat(peak.row()).as("row").isBetween(16, 36);
      assertThat(peak.column()).as("column").isBetween(32, 52);
      assertThat(peak.value()).as("the score").isEqualTo(detection.score());
    }
  }

  @Test
  void anImagesResultDoesNotDependOnOthers() {
    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i).map().values()).isEqualTo(defective.get(i).map().values());
    }
  }
}
