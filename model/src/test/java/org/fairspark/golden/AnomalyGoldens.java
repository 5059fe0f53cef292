package org.fairspark.golden;

import java.util.stream.Stream;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.anomaly.GradientSimilarity;
import org.fairspark.color.CieLab;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;
import org.junit.jupiter.api.DynamicTest;

/** The anomaly function ({@code f_map}) and its up-sampling ({@code g_ops/up_align_false}). */
final class AnomalyGoldens implements GoldenStage {
  private static final double PAPER_WEIGHT = 3e-4;
  private static final String UPSAMPLED = "g_ops/up_align_false";

  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    Stream<DynamicTest> upsampling =
        Stream.of(UPSAMPLED)
            .filter(set::has)
            .map(name -> DynamicTest.dynamicTest(name, () -> checkUpsampling(set)));
    Stream<DynamicTest> maps =
        set.names("f_map/").stream()
            .filter(name -> set.entry(name).get("role").asText().equals("output"))
            .map(name -> DynamicTest.dynamicTest(name, () -> check(set, name)));
    return Stream.concat(upsampling, maps);
  }

  private static void checkUpsampling(GoldenSet set) {
    GoldenSet.Npy in = set.array("g_ops/up_in");
    int[] to = set.array(UPSAMPLED).shape();
    FloatImage image = new FloatImage(in.shape()[1], in.shape()[2], in.shape()[3], in.floats());
    set.check(UPSAMPLED, BilinearUpsampling.resize(image, to[2], to[3]).values());
  }

  private static void check(GoldenSet set, String name) {
    String group = name.substring(0, name.lastIndexOf('/') + 1);
    FloatImage original = original(set, group);
    FloatImage restored = restored(set, group);
    String leaf = name.substring(group.length());
    ColorOrder order = leaf.endsWith("true_rgb") ? ColorOrder.RGB : ColorOrder.REFERENCE_BGR;
    AnomalyFunction function = new AnomalyFunction(true, PAPER_WEIGHT, order, 2, 21);
    switch (leaf) {
      case "gms0", "gms1" -> {
        int scale = leaf.charAt(3) - '0';
        set.check(name, swapped(GradientSimilarity.similarity(original, restored, scale)).values());
      }
      case "msgms" ->
          set.check(
              name, new AnomalyFunction(true, 0, order, 2, 1).map(original, restored).values());
      case "lab_orig" -> set.check(name, CieLab.of(original, order).values());
      case "lab_rec" -> set.check(name, CieLab.of(restored, order).values());
      case "color", "color_true_rgb" ->
          set.check(
              name, new AnomalyFunction(false, 1, order, 2, 1).map(original, restored).values());
      case "combined" -> set.check(name, function.unsmoothedMap(original, restored).values());
      case "smoothed", "smoothed_true_rgb" ->
          set.check(name, function.map(original, restored).values());
      case "image_score", "image_score_true_rgb" ->
          set.check(name, new double[] {AnomalyFunction.score(function.map(original, restored))});
      default -> throw new IllegalArgumentException("unknown output " + name);
    }
  }

  private static FloatImage original(GoldenSet set, String group) {
    GoldenSet.Npy array = set.array(group + "orig");
    float[] values = array.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255f;
    }
    return swapped(new FloatImage(3, array.shape()[2], array.shape()[3], values));
  }

  private static FloatImage restored(GoldenSet set, String group) {
    boolean coded = set.has(group + "rec_q");
    GoldenSet.Npy array = set.array(group + (coded ? "rec_q" : "rec"));
    float[] values = array.floats();
    if (coded) {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] / 200f - 0.1f;
      }
    }
    return swapped(new FloatImage(3, array.shape()[2], array.shape()[3], values));
  }

  /** Exchanges the first and the third channel: BGR to RGB or back. */
  private static FloatImage swapped(FloatImage image) {
    int plane = image.height() * image.width();
    float[] values = new float[3 * plane];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(image.values(), c * plane, values, (2 - c) * plane, plane);
    }
    return new FloatImage(3, image.height(), image.width(), values);
  }
}
