package org.fairspark.detect.intra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.network.pytorch.PytorchProbe;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InpaintingTransformerTest {
  private static final int SIDE = 32;
  private static final PatchGrid GRID = PatchGrid.of(new ImageSize(SIDE, SIDE));
  private static final GraphSpec SPEC = InpaintingTransformer.of(GRID, 16);
  private static final int INPUTS = SPEC.sample(SIDE, SIDE).inputs();
  private static final int NUMBERS = InpaintingTransformer.WINDOWS * GRID.windowPatches();
  private static final int STEPS = 30;

  private static final double[] LOSSES = new double[STEPS];
  private static NetworkWeights trained;

  @BeforeAll
  static void train() {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    try (Trainer trainer = PytorchProbe.trainer(NetworkWeights.initial(SPEC, 1))) {
      for (int step = 0; step < STEPS; step++) {
        LOSSES[step] = step(trainer, step);
      }
      trained = trainer.weights().withoutMoments();
    }
  }

  private static double step(Trainer trainer, int step) {
    float[] input = Arrays.copyOf(stripes(step % 4).values(), INPUTS);
    float[] target = new float[InpaintingTransformer.WINDOWS];
    SPEC.draw(() -> SeededRandom.of(1, "image", step), input, target, 0);
    return trainer.step(input, target, 1, SIDE, SIDE, 0.005).total();
  }

  /** Returns stripes of two patches' width, with a little noise. */
  private static FloatImage stripes(int seed) {
    SeededRandom random = SeededRandom.of(seed, "stripes", 0);
    float[] values = new float[3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      double wave = Math.sin(2 * Math.PI * (i % SIDE) / 16.0);
      values[i] = (float) (0.5 + 0.3 * wave + random.nextDouble(-0.02, 0.02));
    }
    return new FloatImage(3, SIDE, SIDE, values);
  }

  private static OnnxTrainedGraph open(NetworkWeights weights) {
    return OnnxTrainedGraph.open(GraphExport.bytes(weights, Map.of()), 1, OptionalInt.empty());
  }

  @Test
  void patchesAndWindowsFollowTheSize() {
    PatchGrid large = PatchGrid.of(new ImageSize(256, 320));
    assertThat(large).isEqualTo(new PatchGrid(16, 20, 16));
    assertThat(PatchGrid.of(new ImageSize(128, 320))).isEqualTo(new PatchGrid(16, 40, 8));
    assertThat(GRID.windowPatches()).as("no more than there are").isEqualTo(16);
    PatchGrid.Window around = large.windowAround(10 * 20 + 9);
    int[] middle = around.patches();
    assertThat(middle).hasSize(49);
    assertThat(middle[0]).isEqualTo(7 * 20 + 6);
    assertThat(middle[24]).as("covered, in the middle").isEqualTo(10 * 20 + 9 + 320);
    assertThat(middle[48]).isEqualTo(13 * 20 + 12);
    assertThat(around.offsets()[24]).isEqualTo(6 * 13 + 6);
    assertThat(around.offsets()[0]).as("three up, three left").isEqualTo(3 * 13 + 3);
    assertThat(large.windowAround(319).offsets()[0]).as("six up, six left").isZero();
    assertThat(large.windowAround(319).patches()[48]).as("the last corner").isEqualTo(319 + 320);
  }

  @Test
  void patchesLieInAnImageAsTheNetworkTakesThem() {
    FloatImage image = stripes(1);
    GraphSpec spec = InpaintingTransformer.of(GRID, 4);
    NetworkWeights weights = NetworkWeights.initial(spec, 1);
    FloatImage copy = new FloatImage(3, SIDE, SIDE, new float[3 * SIDE * SIDE]);
    for (int patch = 0; patch < GRID.patches(); patch++) {
      float[] values = new float[GRID.values()];
      for (int i = 0; i < values.length; i++) {
        int channel = i / 64;
        int row = patch / 4 * 8 + i % 64 / 8;
        values[i] = image.at(channel, row, patch % 4 * 8 + i % 8);
      }
      GRID.put(values, 0, patch, copy);
    }
    assertThat(copy.values()).isEqualTo(image.values());
    assertThat(spec.shapes()).containsEntry("embedding", List.of(16, 4));
    assertThat(weights.spec().tensors().stream().filter(tensor -> !tensor.trainable()))
        .as("what the training images have in common is not learnt by steps")
        .singleElement()
        .matches(tensor -> tensor.name().equals(InpaintingTransformer.NORMAL));
  }

  @Test
  void windowsAreDrawnFromTheirNumbersAloneAndCoverEveryPatch() {
    WindowDraw draw = new WindowDraw(10, 9, 8, 5000);
    float[] inputs = new float[3 * 80 * 72 + 2 * 5000 * 49];
    float[] covered = new float[5000];
    draw.draw(new SeededRandom(5), FloatBuffer.wrap(inputs), FloatBuffer.wrap(covered));
    TreeSet<Integer> all = new TreeSet<>();
    for (int window = 0; window < 5000; window++) {
      int from = 3 * 80 * 72 + window * 49;
      float hidden = covered[window] + 90;
      assertThat(Arrays.copyOfRange(inputs, from, from + 49))
          .contains(hidden)
          .doesNotContain(covered[window]);
      all.add((int) covered[window]);
    }
    assertThat(all).hasSize(90);
    float[] again = new float[inputs.length];
    draw.draw(new SeededRandom(5), FloatBuffer.wrap(again), FloatBuffer.wrap(new float[5000]));
    assertThat(again).isEqualTo(inputs);
  }

  /** Whatever the covered patch shows, the same is painted in. */
  @Test
  void theCoveredPatchIsNotSeen() {
    FloatImage image = stripes(0);
    FloatImage changed = new FloatImage(3, SIDE, SIDE, image.values().clone());
    GRID.put(new float[GRID.values()], 0, 5, changed);
    try (OnnxTrainedGraph network = open(trained)) {
      FloatImage one = Inpainting.of(network, image).restored();
      FloatImage other = Inpainting.of(network, changed).restored();
      assertThat(other.at(1, 12, 12)).isEqualTo(one.at(1, 12, 12));
      assertThat(other.at(1, 12, 4)).as("beside it").isNotEqualTo(one.at(1, 12, 4));
    }
  }

  @Test
  void theLossFallsAndBeginsAsItsFormulaSays() {
    assertThat(LOSSES[STEPS - 1]).isLessThan(0.25 * LOSSES[0]);
    // Nothing painted in: of a patch p the loss is mean(p^2) and nearly 0.01 for each similarity.
    double square = 0.25 + 0.09 / 2;
    assertThat(LOSSES[0]).isBetween(0.5 * square, 2 * square + 0.02);
  }

  @Test
  void theExportedFileGivesWhatPytorchGives() {
    float[] input = Arrays.copyOf(stripes(0).values(), INPUTS);
    SPEC.draw(
        () -> SeededRandom.of(1, "image", 0), input, new float[InpaintingTransformer.WINDOWS], 0);
    List<float[]> expected = PytorchProbe.evaluate(trained, input, 1);
    try (OnnxTrainedGraph network = open(trained)) {
      List<float[]> actual =
          network.run(
              List.of(
                  Arrays.copyOf(input, 3 * SIDE * SIDE),
                  Arrays.copyOfRange(input, 3 * SIDE * SIDE, 3 * SIDE * SIDE + NUMBERS),
                  Arrays.copyOfRange(input, 3 * SIDE * SIDE + NUMBERS, INPUTS)));
      assertThat(actual.get(0)).containsExactly(expected.get(0), within(1e-5f));
      assertThat(actual.get(1)).isEqualTo(expected.get(1)).containsOnly(0);
    }
  }

  @Test
  void aDefectDiffersMoreThanNormalImagesDo() {
    List<float[]> normal = new ArrayList<>();
    try (OnnxTrainedGraph network = open(trained)) {
      for (int seed = 0; seed < 4; seed++) {
        normal.add(Inpainting.of(network, stripes(seed)).difference().values());
      }
    }
    NetworkWeights knowing = new IntraMethod().complete(trained, normal);
    FloatImage defect = stripes(9);
    for (int row = 10; row < 18; row++) {
      for (int column = 12; column < 20; column++) {
        defect.values()[(SIDE + row) * SIDE + column] = (row + column) % 4 < 2 ? 0.1f : 0.9f;
      }
    }
    try (OnnxTrainedGraph network = open(knowing)) {
      Inpainting found = Inpainting.of(network, defect);
      float mean =
          (normal.get(0)[99] + normal.get(1)[99] + normal.get(2)[99] + normal.get(3)[99]) / 4;
      assertThat(found.normal()[99]).isCloseTo(mean, within(1e-6f)).isPositive();
      assertThat(deviation(found)).isGreaterThan(2 * deviation(Inpainting.of(network, stripes(8))));
    }
  }

  private static double deviation(Inpainting found) {
    double largest = 0;
    for (int p = 0; p < found.normal().length; p++) {
      largest = Math.max(largest, found.difference().values()[p] - found.normal()[p]);
    }
    return largest;
  }
}
