package org.fairspark.detect.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.features.BackboneSettings;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.Trainer;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.network.pytorch.PytorchProbe;
import org.fairspark.network.pytorch.PytorchTrainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The flow and the student by themselves, on noise. */
class AstNetworksTest {
  private static final int CHANNELS = 5;
  private static final int SIDE = 2;
  private static final int VALUES = CHANNELS * SIDE * SIDE;
  private static final float[] POSITION = PositionEncoding.of(SIDE, SIDE);
  private static final float[] NO_TARGET = {};

  /** Mean, and mean change along rows and columns, of each square of 4 x 4 pixels. */
  private static final Backbone BACKBONE =
      new Backbone() {
        @Override
        public List<FloatImage> features(FloatImage image) {
          int side = image.height() / 4;
          float[] values = new float[3 * side * side];
          for (int row = 0; row < image.height() - 1; row++) {
            for (int column = 0; column < image.width() - 1; column++) {
              int place = row / 4 * side + column / 4;
              float here = image.at(0, row, column);
              values[place] += here - 0.5f;
              values[side * side + place] += Math.abs(image.at(0, row, column + 1) - here);
              values[2 * side * side + place] += Math.abs(image.at(0, row + 1, column) - here);
            }
          }
          return List.of(new FloatImage(3, side, side, values));
        }

        @Override
        public void close() {}
      };

  @BeforeAll
  static void pytorch() {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
  }

  private static GraphSpec teacher() {
    return new CouplingFlow(CHANNELS, SIDE, SIDE, 6).spec();
  }

  private static float[] sample(float[] features) {
    float[] sample = Arrays.copyOf(features, VALUES + POSITION.length);
    System.arraycopy(POSITION, 0, sample, VALUES, POSITION.length);
    return sample;
  }

  /** Returns weights that are not zero anywhere, so that every coupling does something. */
  private static NetworkWeights moved(GraphSpec spec) {
    float[] parameters = spec.initial(3);
    float[] noise = noise(parameters.length, 7);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.4f * (noise[i] - 0.5f);
    }
    return NetworkWeights.weights(spec, parameters, 0);
  }

  private static double loss(NetworkWeights weights, float[] input, float[] target) {
    try (Trainer trainer = PytorchTrainer.of(weights, 1, OptionalInt.empty())) {
      return trainer.step(input, target, 1, SIDE, SIDE, 0).total();
    }
  }

  private static OnnxTrainedGraph onnx(NetworkWeights weights) {
    return OnnxTrainedGraph.open(GraphExport.bytes(weights, Map.of()), 1, OptionalInt.empty());
  }

  /** What is left of the loss without {@code |z|^2 / 2} is what the flow says of its Jacobian. */
  @Test
  void theDeterminantIsThatOfTheJacobianByDifferences() {
    NetworkWeights weights = moved(teacher());
    float[] features = noise(VALUES, 1);
    try (OnnxTrainedGraph flow = onnx(weights)) {
      double half = 0;
      for (float z : flow.run(List.of(features, POSITION)).get(0)) {
        half += 0.5 * z * z;
      }
      double said = half - loss(weights, sample(features), NO_TARGET) * VALUES;
      float step = 0.01f;
      double[][] jacobian = new double[VALUES][];
      for (int i = 0; i < VALUES; i++) {
        float[] up = features.clone();
        up[i] += step;
        float[] down = features.clone();
        down[i] -= step;
        float[] above = flow.run(List.of(up, POSITION)).get(0);
        float[] below = flow.run(List.of(down, POSITION)).get(0);
        jacobian[i] = new double[VALUES];
        for (int j = 0; j < VALUES; j++) {
          jacobian[i][j] = (above[j] - below[j]) / (up[i] - down[i]);
        }
      }
      assertThat(said).isCloseTo(logDeterminant(jacobian), within(0.02));
      assertThat(Math.abs(said)).as("a flow that does something").isGreaterThan(0.5);
    }
  }

  /** Returns the logarithm of the determinant's magnitude, by Gauss's elimination. */
  private static double logDeterminant(double[][] matrix) {
    double sum = 0;
    for (int column = 0; column < matrix.length; column++) {
      int pivot = column;
      for (int row = column + 1; row < matrix.length; row++) {
        if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
          pivot = row;
        }
      }
      double[] swapped = matrix[pivot];
      matrix[pivot] = matrix[column];
      matrix[column] = swapped;
      sum += Math.log(Math.abs(swapped[column]));
      for (int row = column + 1; row < matrix.length; row++) {
        double factor = matrix[row][column] / swapped[column];
        for (int k = column; k < matrix.length; k++) {
          matrix[row][k] -= factor * swapped[k];
        }
      }
    }
    return sum;
  }

  @Test
  void theFlowBeginsAsTheIdentityButForTheOrderOfChannels() {
    float[] features = noise(VALUES, 1);
    try (OnnxTrainedGraph flow = onnx(NetworkWeights.initial(teacher(), 1))) {
      float[] z = flow.run(List.of(features, POSITION)).get(0);
      Arrays.sort(z);
      Arrays.sort(features);
      assertThat(z).isEqualTo(features);
    }
  }

  /** The student learns what the teacher gives, after that has learnt a density. */
  @Test
  void bothLossesFall() {
    int n = 8;
    List<float[]> features = IntStream.range(0, n).mapToObj(i -> noise(VALUES, i)).toList();
    float[] input = concatenated(features.stream().map(AstNetworksTest::sample).toList());
    try (OnnxTrainedGraph flow = onnx(trained(teacher(), input, NO_TARGET, n, -0.5))) {
      float[] wanted =
          concatenated(features.stream().map(f -> flow.run(List.of(f, POSITION)).get(0)).toList());
      trained(new ResidualStudent(CHANNELS, SIDE, SIDE, 12).spec(), input, wanted, n, -0.2);
    }
  }

  /** Trains for some steps, and makes sure that the loss falls by so much. */
  private static NetworkWeights trained(
      GraphSpec spec, float[] input, float[] target, int n, double change) {
    try (Trainer trainer =
        PytorchTrainer.of(NetworkWeights.initial(spec, 1), 1, OptionalInt.empty())) {
      double first = trainer.step(input, target, n, SIDE, SIDE, 1e-2).total();
      for (int step = 0; step < 40; step++) {
        trainer.step(input, target, n, SIDE, SIDE, 1e-2);
      }
      double last = trainer.step(input, target, n, SIDE, SIDE, 0).total();
      assertThat(last).isLessThan(first + change);
      return trainer.weights();
    }
  }

  /** Stripes, of which a defect has some the other way. */
  private static FloatImage stripes(int number, boolean defect) {
    int side = 32;
    float[] noise = noise(3 * side * side, number);
    float[] values = new float[noise.length];
    for (int i = 0; i < values.length; i++) {
      int row = i / side % side;
      int column = i % side;
      boolean turned = defect && row >= 8 && row < 16 && column >= 12 && column < 20;
      double phase = 0.8 * ((turned ? row : column) + number % 5);
      values[i] = (float) (0.5 + 0.3 * Math.sin(phase)) + 0.1f * (noise[i] - 0.5f);
    }
    return new FloatImage(3, side, side, values);
  }

  /** The networks of the method, by name, and a backbone of plain code. */
  private record Trained(Map<String, TrainedGraph> graphs) implements TrainedNetworks {
    @Override
    public Restorer network(String name) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public TrainedGraph graph(String name) {
      return graphs.get(name);
    }

    @Override
    public Backbone backbone() {
      return BACKBONE;
    }
  }

  /** After few steps the least of the defects' scores is above the highest normal one. */
  @Test
  void aDefectIsWhereTheStudentDoesNotFollow() {
    BackboneSettings settings =
        new BackboneSettings(
            List.of("plain"), List.of(0.0, 0.0, 0.0), List.of(255.0, 255.0, 255.0));
    int n = 12;
    List<FeatureMaps> maps =
        IntStream.range(0, n)
            .mapToObj(i -> FeatureMaps.of(settings, BACKBONE, stripes(i, false)))
            .toList();
    FeatureMaps any = maps.get(0);
    float[] input = concatenated(maps.stream().flatMap(m -> m.inputs().stream()).toList());
    GraphSpec flow = new CouplingFlow(any.channels(), any.height(), any.width(), 8).spec();
    NetworkWeights taught = trained(flow, input, NO_TARGET, n, -0.2);
    try (OnnxTrainedGraph teacher = onnx(taught)) {
      float[] wanted =
          concatenated(maps.stream().map(m -> teacher.run(m.inputs()).get(0)).toList());
      GraphSpec imitating =
          new ResidualStudent(any.channels(), any.height(), any.width(), 16).spec();
      try (OnnxTrainedGraph student = onnx(trained(imitating, input, wanted, n, -0.2))) {
        AnomalyDetector detector =
            AstMethod.detector(
                settings, new Trained(Map.of("teacher", teacher, "student", student)));
        double highest = 0;
        double least = Double.MAX_VALUE;
        for (int i = 20; i < 26; i++) {
          List<Detection> found = detector.detect(List.of(stripes(i, false), stripes(i, true)));
          highest = Math.max(highest, found.get(0).score());
          least = Math.min(least, found.get(1).score());
          Peak peak = Peak.of(found.get(1).map());
          assertThat(peak.row()).isBetween(6, 18);
          assertThat(peak.column()).isBetween(10, 22);
        }
        assertThat(least).isGreaterThan(highest);
      }
    }
  }

  private static float[] concatenated(List<float[]> arrays) {
    float[] all = new float[arrays.stream().mapToInt(array -> array.length).sum()];
    int at = 0;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, all, at, array.length);
      at += array.length;
    }
    return all;
  }

  /** Both files compute what PyTorch does in evaluation mode. */
  @Test
  void onnxRuntimeComputesWhatPytorchComputes() {
    for (GraphSpec spec :
        List.of(teacher(), new ResidualStudent(CHANNELS, SIDE, SIDE, 12).spec())) {
      NetworkWeights weights = moved(spec);
      float[] features = noise(VALUES, 1);
      float[] expected = PytorchProbe.evaluate(weights, sample(features), 1).get(0);
      try (OnnxTrainedGraph network = onnx(weights)) {
        assertThat(network.run(List.of(features, POSITION)).get(0))
            .containsExactly(expected, within(1e-4f));
      }
    }
  }

  @Test
  void allTeachersOfTheSameFeaturesAreOfOneArchitecture() {
    assertThat(teacher()).isEqualTo(teacher()).hasToString(teacher().toString());
    assertThat(new CouplingFlow(CHANNELS, SIDE, SIDE, 7).spec()).isNotEqualTo(teacher());
    assertThatThrownBy(() -> new CouplingFlow(1, SIDE, SIDE, 7))
        .hasMessageContaining("at least 2 channels, got 1");
  }

  @Test
  void everyPlaceHasAnEncodingOfItsOwn() {
    float[] encoding = PositionEncoding.of(3, 5);
    int places = 15;
    assertThat(encoding).hasSize(PositionEncoding.CHANNELS * places);
    assertThat(encoding[8])
        .as("the sine of column 3")
        .isCloseTo((float) Math.sin(3), within(1e-6f));
    assertThat(encoding[17 * places + 7])
        .as("the cosine of row 1")
        .isCloseTo((float) Math.cos(1), within(1e-6f));
    for (int a = 0; a < places; a++) {
      for (int b = 0; b < a; b++) {
        double distance = 0;
        for (int c = 0; c < PositionEncoding.CHANNELS; c++) {
          distance += Math.abs(encoding[c * places + a] - encoding[c * places + b]);
        }
        assertThat(distance).isGreaterThan(0.5);
      }
    }
  }

  @Test
  void distancesAreMeansOverChannels() {
    assertThat(AstMethod.distances(new float[] {1, 2, 3, 4}, new float[] {1, 0, 0, 4}, 2))
        .containsExactly(4.5f, 2f);
  }
}
