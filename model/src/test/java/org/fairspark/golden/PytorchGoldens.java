package org.fairspark.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.network.pytorch.PytorchProbe;
import org.junit.jupiter.api.DynamicTest;

/** The network and its training step in PyTorch ({@code g_unet}), and the loss ({@code e_loss}). */
final class PytorchGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    Stream<DynamicTest> networks =
        set.groups("g_unet/").stream()
            .flatMap(group -> new NetworkGoldens.Case(set, group, new Probe()).training());
    Stream<DynamicTest> losses =
        set.groups("e_loss/").stream()
            .map(group -> DynamicTest.dynamicTest(group + " by PyTorch", () -> loss(set, group)));
    return Stream.concat(networks, losses);
  }

  private static void loss(GoldenSet set, String group) {
    assumePresent();
    GoldenSet.Npy target = set.array(group + "/target");
    LossGoldens.check(
        set,
        group,
        PytorchProbe.loss(set.array(group + "/rec").floats(), target.floats(), target.shape()));
  }

  private static void assumePresent() {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
  }

  private static final class Probe implements NetworkGoldens.EngineProbe {
    @Override
    public String name() {
      return "PyTorch";
    }

    @Override
    public Trainer trainer(NetworkWeights weights) {
      assumePresent();
      return PytorchProbe.trainer(weights);
    }

    @Override
    public float[] forward(Trainer trainer, float[] input, int n, int height, int width) {
      return PytorchProbe.forward(trainer, input, n, height, width);
    }

    @Override
    public Map<String, float[]> gradients(
        Trainer trainer, float[] input, float[] target, int n, int height, int width) {
      return PytorchProbe.gradients(trainer, input, target, n, height, width);
    }
  }
}
