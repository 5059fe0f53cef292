package org.fairspark.detect.patchsvdd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.detect.PatchSample;
import org.fairspark.features.NearestNeighbours;
import org.fairspark.features.Vectors;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that has learnt nothing encodes patches as well as any. */
class PatchSvddNetworkTest {
  private static final ImageSize SIZE = ImageSize.square(32);
  private static final int WIDTH = 2;

  private static FloatImage noise(int seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[3 * 32 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new FloatImage(3, 32, 32, values);
  }

  private static TrainedGraph open(NetworkWeights weights) {
    return OnnxTrainedGraph.open(GraphExport.bytes(weights, Map.of()), 1, OptionalInt.empty());
  }

  private static PatchEncodings encodings(TrainedGraph network, FloatImage image) {
    return PatchGrids.of(SIZE)
        .run(
            network,
            image,
            PatchSvddNetwork.LARGE,
            PatchSvddNetwork.SMALL,
            PatchSvddNetwork.dimension(WIDTH));
  }

  @ParameterizedTest
  @CsvSource({"16, 8", "64, 8", "128, 16", "224, 16", "256, 32", "512, 32"})
  void smallPatchesHaveAboutAnEighthOfTheSide(int image, int side) {
    assertThat(PatchSvddNetwork.side(ImageSize.square(image))).isEqualTo(side);
    assertThat(PatchSvddNetwork.of(side, 4).shapes().get("patch")).containsExactly(12, side, side);
  }

  @Test
  void allQuadrantsAreEncodedAlike() {
    try (TrainedGraph network = open(NetworkWeights.initial(PatchSvddNetwork.of(8, WIDTH), 3))) {
      float[] quadrants = new float[12 * 64];
      float[] one = noise(1).values();
      for (int i = 0; i < quadrants.length; i++) {
        quadrants[i] = one[i % (3 * 64)];
      }
      float[] small = network.run(List.of(quadrants)).get(PatchSvddNetwork.SMALL);
      int n = PatchSvddNetwork.dimension(WIDTH);
      for (int i = n; i < small.length; i++) {
        assertThat(small[i]).isEqualTo(small[i % n]);
      }
    }
  }

  @Test
  void distancesAreThoseOfPlainSearchInTheBanks() {
    NetworkWeights start = NetworkWeights.initial(PatchSvddNetwork.of(8, WIDTH), 3);
    PatchEncodings normal;
    PatchEncodings other;
    try (TrainedGraph network = open(start)) {
      normal = encodings(network, noise(1));
      other = encodings(network, noise(2));
    }
    NetworkWeights complete = PatchEncodings.banks(start, List.of(normal));
    try (TrainedGraph network = open(complete)) {
      PatchEncodings distances =
          PatchGrids.of(SIZE)
              .run(
                  network,
                  noise(2),
                  PatchSvddNetwork.LARGE_DISTANCE,
                  PatchSvddNetwork.SMALL_DISTANCES,
                  1);
      assertNearest(distances.large(), normal.large(), other.large());
      assertNearest(distances.small(), normal.small(), other.small());
    }
  }

  private static void assertNearest(Vectors distances, Vectors bank, Vectors queries) {
    NearestNeighbours search = new NearestNeighbours(bank);
    assertThat(distances.count()).isEqualTo(queries.count());
    for (int i = 0; i < queries.count(); i++) {
      float expected = search.nearest(queries.values(), i * queries.dimension(), 1).distances()[0];
      assertThat(distances.values()[i]).isCloseTo(expected, within(1e-5f)).isPositive();
    }
  }

  @Test
  void aSampleIsOfPatchesBesideOneAnother() {
    int side = 8;
    byte[] pixels = new byte[3 * 64 * 64];
    for (int p = 0; p < 64 * 64; p++) {
      pixels[3 * p] = (byte) (2 * (p / 64));
      pixels[3 * p + 1] = (byte) (2 * (p % 64));
    }
    PixelImage image = new PixelImage(3, 64, 64, pixels);
    int plane = side * side;
    for (int seed = 0; seed < 50; seed++) {
      PatchSample sample = new PatchPairs(side).make(image, seed);
      float[] target = sample.target();
      assertThat(sample.input()).hasSize(12 * plane);
      assertThat(target).hasSize(27 * plane + 16);
      int position = 0;
      while (target[27 * plane + position] == 0) {
        position++;
      }
      // Red tells the row, green the column; noise is a few pixels.
      double down = (mean(target, 0, plane) - mean(sample.input(), 0, plane)) * 255 / 2;
      double across = (mean(target, plane, plane) - mean(sample.input(), plane, plane)) * 255 / 2;
      int[][] directions = {{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}};
      assertThat(down).as("rows").isCloseTo(14 * directions[position][0], within(10.0));
      assertThat(across).as("columns").isCloseTo(14 * directions[position][1], within(10.0));
      double close = (mean(target, 12 * plane, plane) - mean(sample.input(), 0, plane)) * 255 / 2;
      assertThat(close).as("rows of the close one").isBetween(-1.01, 1.01);
    }
  }

  private static double mean(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum / count;
  }
}
