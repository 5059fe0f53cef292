package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class DecisionMetricsTest {
  private static final byte WHITE = (byte) 255;
  private static final DecisionLevels LEVELS = new DecisionLevels(3, 2.5f);

  @Test
  void metricsEqualAHandComputedCase() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.REFERENCE, 0.3, LEVELS);
    metrics.addNormal(new float[] {1, 2}, 2);
    metrics.addNormal(new float[] {3, 4}, 4);
    metrics.addAnomalous("cut", 5, new float[] {5, 1}, new byte[] {WHITE, 0}, 2);
    metrics.addAnomalous("hole", 3, new float[] {6, 3}, new byte[] {0, (byte) 128}, 2);
    CategoryResult result = metrics.result();
    // Images 5+ 4 3+ 2: precision 1 at recall 1/2, 2/3 at recall 1.
    assertValue(result.value(Metric.IMAGE_AP), (1 + 2.0 / 3) / 2, "image AP");
    assertValue(result.value(Metric.IMAGE_F1_MAX), 0.8, "two found, one false alarm");
    assertThat(result.best().threshold().value()).as("image threshold").hasValue(3);
    // Pixels 6 5+ 4 (3 3+) 2 1 1: half of the hits at 5, the rest at the tie.
    assertValue(result.value(Metric.PIXEL_AP), (1.0 / 2 + 2.0 / 5) / 2, "pixel AP");
    assertValue(result.value(Metric.PIXEL_F1_MAX), 4.0 / 7, "at 3: two found, three false");
    assertThat(result.decisions().bestOfPixels().threshold().value().orElseThrow())
        .as("the lowest score of the bin that holds 3")
        .isCloseTo(3, within(1e-6));
    assertValue(result.value(Metric.PIXEL_AUROC_HALF), (5 + 3.5) / 12, "half: 128 counts");
    assertThat(result.value(Metric.PIXEL_AUROC).value())
        .as("by the paper's code 128 is no anomalous pixel")
        .hasValue(6.0 / 7);
    AtThreshold decided = result.decisions().atThreshold().orElseThrow();
    assertThat(decided.images())
        .as("above 3 are 5 and 4; 3 itself is not")
        .isEqualTo(new Confusion(1, 1, 1, 1, "images"));
    assertThat(decided.pixels())
        .as("above 2.5 are 3+ 5+ and 3 4 6 of the normal pixels")
        .isEqualTo(new Confusion(2, 3, 3, 0, "pixels"));
    assertThat(decided.images().f1()).isEqualTo(Area.exact(0.5));
    assertThat(decided.pixels().f1()).isEqualTo(Area.exact(4.0 / 7));
    assertThat(decided.pixels().falsePositiveRate()).isEqualTo(Area.exact(0.5));
    DefectResult cut = result.defects().get("cut");
    assertThat(cut.areaShare()).as("one of two pixels").isEqualTo(Area.exact(0.5));
    assertThat(cut.atThreshold().orElseThrow().images().recall()).isEqualTo(Area.exact(1));
    assertThat(result.value(Metric.AUPIMO))
        .isEqualTo(
            Area.notDefined(
                "a false-positive rate of 1e-5 takes 100000 pixels of normal images, and there are"
                    + " 4"));
  }

  @Test
  void whatIsNotDefinedSaysWhy() {
    CategoryMetrics good = new CategoryMetrics(MaskConvention.REFERENCE, 0.3, LEVELS);
    good.addNormal(new float[] {1, 2}, 2);
    Area noAnomalous = Area.notDefined("there are no anomalous images");
    for (Metric metric : Metric.MORE) {
      assertThat(good.result().value(metric)).as(metric.key()).isEqualTo(noAnomalous);
    }
    Confusion images = good.result().decisions().atThreshold().orElseThrow().images();
    assertThat(images.precision()).isEqualTo(Area.notDefined("no images are called anomalous"));
    assertThat(images.recall()).isEqualTo(noAnomalous);
    assertThat(images.f1()).isEqualTo(noAnomalous);
    assertThat(images.falsePositiveRate()).isEqualTo(Area.exact(0));

    CategoryMetrics bad = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    bad.addAnomalous("cut", 5, new float[] {5, 1}, new byte[] {WHITE, WHITE}, 2);
    Area noNormal = Area.notDefined("there are no normal images");
    assertThat(bad.result().value(Metric.IMAGE_AP)).isEqualTo(noNormal);
    assertThat(bad.result().value(Metric.IMAGE_F1_MAX)).isEqualTo(noNormal);
    assertThat(bad.result().value(Metric.AUPIMO)).isEqualTo(noNormal);
    assertThat(bad.result().value(Metric.PIXEL_AP))
        .isEqualTo(Area.notDefined("there are no normal pixels"));
    assertThat(bad.result().value(Metric.AUPRO_05))
        .isEqualTo(Area.notDefined("there are no normal pixels"));
    assertThat(bad.result().decisions().atThreshold()).isEmpty();
    assertThat(bad.result().undecidedBecause("of that").decisions().undecided())
        .isEqualTo("of that");
  }

  @Test
  void groupsCountByTheirHighestImage() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.HALF, 0.3, LEVELS);
    assertThat(metrics.result().decisions().groups()).as("no image has a group").isEmpty();
    add(metrics, false, 2, new ImageMetadata("p1", "top", ""));
    add(metrics, false, 4, new ImageMetadata("p1", "side", ""));
    add(metrics, false, 1, new ImageMetadata("p2", "top", ""));
    add(metrics, true, 5, new ImageMetadata("p2", "side", ""));
    add(metrics, false, 3, ImageMetadata.NONE);
    GroupResult groups = metrics.result().decisions().groups().orElseThrow();
    assertThat(groups.groups()).as("p1, p2 and an image alone").isEqualTo(3);
    assertThat(groups.anomalous()).as("p2").isEqualTo(1);
    assertThat(groups.separation().auroc()).as("5 above 4 and 3").isEqualTo(Area.exact(1));
    assertThat(groups.separation().best().threshold()).isEqualTo(Area.exact(5));
    assertThat(groups.decided()).contains(new Confusion(1, 1, 1, 0, "groups"));
    Slices views = metrics.result().decisions().byView();
    assertThat(views.byValue()).containsOnlyKeys("side", "top");
    assertThat(views.byValue().get("side").values().get(Metric.IMAGE_AUROC))
        .isEqualTo(Area.exact(1));
    assertThat(views.byValue().get("top").values().get(Metric.IMAGE_AUROC))
        .isEqualTo(Area.notDefined("there are no anomalous images"));
    assertThat(views.byValue().get("top").counts()).isEqualTo(new ImageCounts(2, 0, 0, 0));
    assertThat(metrics.result().decisions().byCondition()).isEqualTo(Slices.NONE);
  }

  @Test
  void masksAtTheirOwnSizeEqualAnExactComputation() {
    SeededRandom random = SeededRandom.of(7, "own size", 0);
    CategoryMetrics whole = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    CategoryMetrics[] parts = {
      new CategoryMetrics(MaskConvention.REFERENCE, 0.3),
      new CategoryMetrics(MaskConvention.REFERENCE, 0.3)
    };
    int images = 8;
    int side = 12;
    float[] scores = new float[images * side * side];
    boolean[] anomalous = new boolean[scores.length];
    int[] regions = new int[scores.length];
    int known = 0;
    for (int i = 0; i < images; i++) {
      float[] small = new float[16];
      float[] large = new float[side * side];
      byte[] mask = new byte[side * side];
      for (int p = 0; p < large.length; p++) {
        mask[p] = (byte) (i % 2 == 1 && random.nextDouble(0, 1) < 0.2 ? 255 : 0);
        large[p] = (float) (random.nextDouble(0, 1) + (mask[p] == 0 ? 0 : 0.4));
        scores[i * large.length + p] = large[p];
        anomalous[i * large.length + p] = mask[p] != 0;
      }
      Regions own = Regions.label(mask, side, side);
      for (int p = 0; p < large.length; p++) {
        int label = own.labels()[p];
        regions[i * large.length + p] = label == 0 ? 0 : known + label;
      }
      known += own.count();
      ImageMetadata metadata =
          ImageMetadata.NONE.with(
              new OwnSize(InspectedMap.whole(large, side), i % 2 == 1 ? mask : null));
      for (CategoryMetrics metrics : List.of(whole, parts[i / 4])) {
        if (i % 2 == 1) {
          byte[] resized = {WHITE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
          metrics.addAnomalous("cut", 1, InspectedMap.whole(small, 4), resized, metadata);
        } else {
          metrics.addNormal(InspectedMap.whole(small, 4), 0, OptionalDouble.empty(), metadata);
        }
      }
    }
    CategoryResult result = whole.result();
    Area auroc = result.value(Metric.PIXEL_AUROC_OWN_SIZE);
    assertThat(auroc.value().orElseThrow())
        .isCloseTo(ExactAreas.auroc(scores, anomalous), within(auroc.halfWidth() + 1e-12));
    Area aupro = result.value(Metric.AUPRO_OWN_SIZE);
    assertThat(aupro.value().orElseThrow())
        .isCloseTo(ExactAreas.aupro(scores, regions, 0.3), within(aupro.halfWidth() + 1e-12));
    assertThat(aupro.halfWidth()).isLessThan(1e-3);
    CategoryMetrics merged =
        CategoryMetrics.fromBytes(parts[1].toBytes())
            .merge(CategoryMetrics.fromBytes(parts[0].toBytes()));
    assertThat(merged.toBytes()).as("parts in another order").isEqualTo(whole.toBytes());
    assertThat(merged.result().values()).isEqualTo(result.values());
    whole.addNormal(new float[16], 0);
    assertThat(whole.result().value(Metric.AUPRO_OWN_SIZE))
        .isEqualTo(
            Area.notDefined(
                "not all images and masks are known at the size of their files, or some have more"
                    + " than 4194304 pixels"));
  }

  @Test
  void whatIsNotInspectedCountsNowhere() {
    boolean[] inside = {true, true, false, false};
    CategoryMetrics inspected =
        new CategoryMetrics(MaskConvention.REFERENCE, 0.3, new DecisionLevels(3, 4, 2));
    CategoryMetrics cut =
        new CategoryMetrics(MaskConvention.REFERENCE, 0.3, new DecisionLevels(3, 4, 2));
    float[] good = {1, 2, 100, 0};
    inspected.addNormal(
        new InspectedMap(good, 2, inside), 2, OptionalDouble.empty(), ImageMetadata.NONE);
    cut.addNormal(
        InspectedMap.whole(new float[] {1, 2}, 2), 2, OptionalDouble.empty(), ImageMetadata.NONE);
    float[] bad = {5, 3, 100, 0};
    byte[] mask = {WHITE, 0, WHITE, WHITE};
    inspected.addAnomalous("cut", 5, new InspectedMap(bad, 2, inside), mask, ImageMetadata.NONE);
    cut.addAnomalous(
        "cut",
        5,
        InspectedMap.whole(new float[] {5, 3}, 2),
        new byte[] {WHITE, 0},
        ImageMetadata.NONE);
    assertThat(inspected.result()).isEqualTo(cut.result());
    assertThat(inspected.result().decisions().atThreshold().orElseThrow().pixels())
        .as("3 is above the low level beside 5")
        .isEqualTo(new Confusion(1, 1, 2, 0, "pixels"));
    assertThatThrownBy(() -> new InspectedMap(bad, 3, null)).hasMessageContaining("width 3");
    assertThatThrownBy(() -> new InspectedMap(bad, 2, new boolean[3])).hasMessageContaining("3");
  }

  @Test
  void saturatedDefectsAreFoundWholeByAShareOfTheirPixels() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.HALF, 0.3);
    metrics.addNormal(new float[] {0, 0, 0, 0, 0, 0}, 0);
    float[] map = {9, 7, 5, 3, 6, 1};
    byte[] first = {WHITE, WHITE, WHITE, WHITE, 0, 0};
    byte[] second = {0, 0, 0, 0, 0, WHITE};
    byte[] both = {WHITE, WHITE, WHITE, WHITE, 0, WHITE};
    metrics.addAnomalous("missing", 9, map, both, 6);
    assertThat(metrics.result().value(Metric.AU_SPRO_05))
        .isEqualTo(Area.notDefined("no saturation of defects is known"));
    CategoryMetrics known = new CategoryMetrics(MaskConvention.HALF, 0.3);
    known.addNormal(new float[] {0, 0, 0, 0, 0, 0}, 0);
    List<DefectArea> areas = List.of(new DefectArea(first, 0.5), new DefectArea(second, 1));
    known.addAnomalous(
        "missing", 9, InspectedMap.whole(map, 6), both, new ImageMetadata("", "", "", areas, null));
    // Above the background's 6 of 7 pixels: 9 and 7, which is all that the first defect needs.
    assertValue(known.result().value(Metric.AU_SPRO_05), 0.5, "sPRO up to a rate of 0.05");
    assertValue(known.result().value(Metric.AUPRO_05), 0.25, "of four pixels two, of one none");
    assertThat(CategoryMetrics.fromBytes(known.toBytes()).result()).isEqualTo(known.result());
    assertThatThrownBy(() -> new DefectArea(first, 0)).hasMessageContaining("(0,1]");
  }

  @Test
  void tooManyConditionsAreToldApartNowhereHoweverTheyAreDivided() {
    CategoryMetrics whole = new CategoryMetrics(MaskConvention.HALF, 0.3);
    CategoryMetrics first = new CategoryMetrics(MaskConvention.HALF, 0.3);
    CategoryMetrics second = new CategoryMetrics(MaskConvention.HALF, 0.3);
    for (int i = 0; i <= SliceTallies.MAX_VALUES; i++) {
      ImageMetadata traits = new ImageMetadata("", "", "light " + i);
      add(whole, false, i, traits);
      add(i % 3 == 0 ? first : second, false, i, traits);
    }
    assertThat(second.result().decisions().byCondition().byValue()).hasSize(22);
    assertThat(second.merge(first).toBytes()).isEqualTo(whole.toBytes());
    assertThat(whole.result().decisions().byCondition().because())
        .isEqualTo("there are more than 32 values");
  }

  @Test
  void mergedPartsEqualTheWholeToTheLastBit() {
    SeededRandom random = new SeededRandom(5);
    CategoryMetrics whole = new CategoryMetrics(MaskConvention.REFERENCE, 0.3, LEVELS);
    CategoryMetrics[] parts = new CategoryMetrics[4];
    for (int i = 0; i < 24; i++) {
      int part = i % parts.length;
      if (parts[part] == null) {
        parts[part] = new CategoryMetrics(MaskConvention.REFERENCE, 0.3, LEVELS);
      }
      boolean anomalous = random.nextBoolean();
      ImageMetadata traits =
          new ImageMetadata(
              "part " + random.nextInt(6),
              "view " + random.nextInt(2),
              random.nextBoolean() ? "dark" : "");
      float score = (float) random.nextDouble(0, 6);
      add(whole, anomalous, score, traits);
      add(parts[part], anomalous, score, traits);
    }
    CategoryMetrics merged = CategoryMetrics.fromBytes(parts[2].toBytes());
    merged.merge(parts[0]).merge(parts[3]).merge(CategoryMetrics.fromBytes(parts[1].toBytes()));
    assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
    assertThat(merged.result()).isEqualTo(whole.result());
    assertThatThrownBy(() -> merged.merge(new CategoryMetrics(MaskConvention.REFERENCE, 0.3)))
        .hasMessageContaining("cannot merge decisions");
  }

  private static void add(
      CategoryMetrics metrics, boolean anomalous, float score, ImageMetadata traits) {
    float[] map = {score, score / 2, 1, 0.5f};
    if (anomalous) {
      metrics.addAnomalous(
          "cut", score, InspectedMap.whole(map, 2), new byte[] {WHITE, 90, 0, 0}, traits);
    } else {
      metrics.addNormal(InspectedMap.whole(map, 2), score, OptionalDouble.of(score / 100), traits);
    }
  }

  private static void assertValue(Area area, double expected, String what) {
    assertThat(area.value().orElseThrow()).as(what).isCloseTo(expected, within(1e-12));
  }
}
