package org.fairspark.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.image.FloatImage;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.ExactAreas;
import org.fairspark.metrics.MaskConvention;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.Regions;
import org.junit.jupiter.api.DynamicTest;

/** AUROC and AUPRO ({@code h_metrics}). */
final class MetricsGoldens implements GoldenStage {
  private static final double LIMIT = 0.3;

  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return set.names("h_metrics/").stream()
        .filter(name -> set.entry(name).get("role").asText().equals("output"))
        .map(name -> DynamicTest.dynamicTest(name, () -> check(set, name)));
  }

  private static void check(GoldenSet set, String name) {
    String group = name.substring(0, name.lastIndexOf('/') + 1);
    Case data = Case.read(set, group);
    String leaf = name.substring(group.length());
    switch (leaf) {
      case "scores" -> set.check(name, data.scores());
      case "image_auroc" -> {
        Area area = data.count(MaskConvention.REFERENCE).value(Metric.IMAGE_AUROC);
        assertThat(area.halfWidth()).as("image AUROC is exact").isEqualTo(0);
        set.check(name, new double[] {area.value().orElseThrow()});
      }
      case "pixel_auroc", "pixel_auroc_sklearn_curve" ->
          checkPixelAuroc(set, name, data, MaskConvention.REFERENCE);
      case "pixel_auroc_gt>0.5" -> checkPixelAuroc(set, name, data, MaskConvention.HALF);
      case "pixel_auroc_gt>0" -> checkPixelAuroc(set, name, data, MaskConvention.NONZERO);
      case "aupro_exact" -> {
        double exact = ExactAreas.aupro(data.maps, data.regions(), LIMIT);
        set.check(name, new double[] {exact});
        assertHolds(data.count(MaskConvention.REFERENCE).value(Metric.AUPRO), exact, data);
      }
      case "n_components" -> {
        double regions = Arrays.stream(data.regions()).max().orElse(0);
        set.check(name, new double[] {regions});
        assertThat((double) data.count(MaskConvention.REFERENCE).counts().regions())
            .as("counted regions")
            .isEqualTo(regions);
      }
      case "n_ok_pixels" ->
          set.check(name, new double[] {Arrays.stream(data.regions()).filter(r -> r == 0).count()});
      default -> checkReferenceCurve(set, name, leaf, data);
    }
  }

  private static void checkPixelAuroc(GoldenSet set, String name, Case data, MaskConvention masks) {
    boolean[] anomalous = new boolean[data.maps.length];
    for (int p = 0; p < anomalous.length; p++) {
      anomalous[p] = (data.masks[p] & 0xFF) >= masks.positiveLevel();
    }
    double exact = ExactAreas.auroc(data.maps, anomalous);
    set.check(name, new double[] {exact});
    assertHolds(data.count(masks).value(Metric.PIXEL_AUROC), exact, data);
  }

  private static void assertHolds(Area area, double exact, Case data) {
    assertThat(Math.abs(area.value().orElseThrow() - exact))
        .as("distance of %s from the exact %s", area, exact)
        .isLessThanOrEqualTo(area.halfWidth() + 1e-12);
    if (data.isContinuous()) {
      assertThat(area.halfWidth()).as("half width").isLessThan(1e-4);
    }
  }

  private static void checkReferenceCurve(GoldenSet set, String name, String leaf, Case data) {
    int thresholds =
        set.params(name).has("num_thresholds")
            ? set.params(name).get("num_thresholds").asInt()
            : Integer.parseInt(leaf.substring(leaf.lastIndexOf('_') + 1));
    ReferenceAupro reference = ReferenceAupro.of(data.maps, data.regions(), thresholds);
    if (leaf.startsWith("aupro_")) {
      set.check(name, new double[] {reference.area(LIMIT)});
    } else if (leaf.startsWith("pro_curve_fpr")) {
      set.check(name, reference.fpr());
    } else if (leaf.startsWith("pro_curve_pro")) {
      set.check(name, reference.pro());
    } else {
      throw new IllegalArgumentException("unknown output " + name);
    }
  }

  private static final class Case {
    private final int n;
    private final int height;
    private final int width;
    private final float[] maps;
    private final byte[] masks;
    private final double[] labels;

    private Case(GoldenSet.Npy maps, byte[] masks, double[] labels) {
      this.n = maps.shape()[0];
      this.height = maps.shape()[1];
      this.width = maps.shape()[2];
      this.maps = maps.floats();
      this.masks = masks;
      this.labels = labels;
    }

    static Case read(GoldenSet set, String group) {
      GoldenSet.Npy maps = set.array(group + "maps");
      double[] values = set.array(group + "masks").values();
      byte[] masks = new byte[values.length];
      for (int p = 0; p < masks.length; p++) {
        // Every convention judges these levels as it would the value itself.
        double v = values[p];
        masks[p] = (byte) (v == 1 ? 255 : v > 0.5 ? 200 : v > 0 ? 50 : 0);
      }
      return new Case(maps, masks, set.array(group + "labels").values());
    }

    /** Returns whether few scores are equal, so that bins separate them. */
    boolean isContinuous() {
      float[] sorted = maps.clone();
      Arrays.sort(sorted);
      int distinct = 1;
      for (int i = 1; i < sorted.length; i++) {
        distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
      }
      return distinct > sorted.length / 2;
    }

    private float[] map(int image) {
      int plane = height * width;
      return Arrays.copyOfRange(maps, image * plane, (image + 1) * plane);
    }

    private byte[] mask(int image) {
      int plane = height * width;
      return Arrays.copyOfRange(masks, image * plane, (image + 1) * plane);
    }

    float[] scores() {
      float[] scores = new float[n];
      for (int i = 0; i < n; i++) {
        scores[i] = AnomalyFunction.score(new FloatImage(1, height, width, map(i)));
      }
      return scores;
    }

    /** Returns the region numbers of all pixels, unique over all images. */
    int[] regions() {
      int[] all = new int[maps.length];
      int before = 0;
      for (int i = 0; i < n; i++) {
        Regions regions = Regions.label(mask(i), height, width);
        for (int p = 0; p < height * width; p++) {
          int label = regions.labels()[p];
          all[i * height * width + p] = label == 0 ? 0 : before + label;
        }
        before += regions.count();
      }
      return all;
    }

    CategoryResult count(MaskConvention convention) {
      CategoryMetrics metrics = new CategoryMetrics(convention, LIMIT);
      float[] scores = scores();
      for (int i = 0; i < n; i++) {
        if (labels[i] != 0) {
          metrics.addAnomalous("defect", scores[i], map(i), mask(i), width);
        } else {
          metrics.addNormal(map(i), scores[i], 0);
        }
      }
      return metrics.result();
    }
  }
}
