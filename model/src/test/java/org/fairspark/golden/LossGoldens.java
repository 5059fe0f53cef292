package org.fairspark.golden;

import java.util.stream.Stream;
import org.fairspark.network.dl4j.NetworkProbe;
import org.junit.jupiter.api.DynamicTest;

/** The loss and its gradient ({@code e_loss}). */
final class LossGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    Stream<DynamicTest> window =
        set.names("e_loss/window").stream()
            .map(
                name ->
                    DynamicTest.dynamicTest(name, () -> set.check(name, NetworkProbe.window())));
    Stream<DynamicTest> losses =
        set.groups("e_loss/").stream()
            .map(group -> DynamicTest.dynamicTest(group, () -> check(set, group)));
    return Stream.concat(window, losses);
  }

  /** Compares one result with the reference in single and in double precision. */
  private static void check(GoldenSet set, String group) {
    GoldenSet.Npy target = set.array(group + "/target");
    float[] restored = set.array(group + "/rec").floats();
    int[] shape = target.shape();
    check(set, group, NetworkProbe.loss(restored, target.floats(), shape[2], shape[3]));
  }

  /** Compares a computed result with that of the reference. */
  static void check(GoldenSet set, String group, NetworkProbe.LossAndGradients result) {
    float[] restored = set.array(group + "/rec").floats();
    for (String name : set.names(group + "/")) {
      String what = name.substring(group.length() + 1);
      switch (what) {
        case "target", "rec" -> {}
        case "l2_loss_f32", "l2_loss_f64" -> scalar(set, name, result.loss().l2());
        case "ssim_loss_f32", "ssim_loss_f64" -> scalar(set, name, result.loss().ssim());
        case "total_loss_f32", "total_loss_f64" -> scalar(set, name, result.loss().total());
        case "grad_ssim_f32", "grad_ssim_f64" -> gradient(set, name, result.ssim());
        case "grad_total_f32", "grad_total_f64" -> gradient(set, name, result.total());
        case "dynamic_range_L" -> scalar(set, name, NetworkProbe.dynamicRange(restored));
        default -> throw new AssertionError("nothing computes " + name);
      }
    }
  }

  private static void scalar(GoldenSet set, String name, double value) {
    set.check(name, new double[] {value});
  }

  /** Compares by the stricter of the manifest's tolerance and 1e-4 of the largest value. */
  private static void gradient(GoldenSet set, String name, float[] gradient) {
    double atol = set.entry(name).get("tolerance").get("atol").asDouble();
    double max = NetworkGoldens.largest(set.array(name).values());
    set.check(name, GoldenSet.Npy.widen(gradient), Math.max(atol, 1e-4 * max), 0);
  }
}
