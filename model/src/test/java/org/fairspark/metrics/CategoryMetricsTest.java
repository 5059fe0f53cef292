package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class CategoryMetricsTest {
  private static final byte WHITE = (byte) 255;

  @Test
  void metricsEqualAHandComputedCase() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.REFERENCE, 1);
    metrics.addNormal(new float[] {1, 2}, 2, 0.25);
    metrics.addNormal(new float[] {3, 4}, 4, 0.75);
    metrics.addAnomalous("cut", 5, new float[] {5, 1}, new byte[] {WHITE, 0}, 2);
    metrics.addAnomalous("hole", 3, new float[] {6, 3}, new byte[] {0, WHITE}, 2);
    CategoryResult result = metrics.result();
    assertThat(result.value(Metric.IMAGE_AUROC))
        .as("5 beats 2, 4; 3 beats 2")
        .isEqualTo(Area.exact(0.75));
    // Positives 5 and 3; negatives 1 2 3 4 1 6: 5 beats five of six, 3 beats three and ties one.
    assertValue(result.value(Metric.PIXEL_AUROC), (5 + 3.5) / 12, "pixel AUROC");
    assertValue(result.value(Metric.NORMAL_MSE), 0.5, "normal MSE");
    assertThat(result.counts().images()).as("images").isEqualTo(4);
    assertThat(result.counts().anomalous()).as("anomalous").isEqualTo(2);
    assertThat(result.counts().regions()).as("regions").isEqualTo(2);
    assertThat(result.defects()).as("defects").containsOnlyKeys("cut", "hole");
    DefectResult cut = result.defects().get("cut");
    assertThat(cut.images()).as("images with a cut").isEqualTo(1);
    assertThat(cut.values().get(Metric.IMAGE_AUROC))
        .as("against the normal ones")
        .isEqualTo(Area.exact(1));
    assertValue(cut.values().get(Metric.PIXEL_AUROC), 1, "5 above 1 2 3 4 1");
    DefectResult hole = result.defects().get("hole");
    assertValue(hole.values().get(Metric.PIXEL_AUROC), 2.5 / 5, "3 against 1 2 3 4 6");
    // PRO rises from 0 to 1 across the tie at 3, from (2/5, 0) to (3/5, 1).
    assertValue(hole.values().get(Metric.AUPRO), 0.2 / 2 + 0.4, "AUPRO of the hole");
  }

  @Test
  void conventionsDifferAtGrayEdges() {
    float[] map = {4, 3, 2, 1};
    byte[] mask = {WHITE, (byte) 130, 20, 0};
    // REFERENCE: 255 positive, all else negative; a region of three and one normal pixel.
    CategoryResult reference = count(MaskConvention.REFERENCE, map, mask);
    assertValue(reference.value(Metric.PIXEL_AUROC), 1, "4 above all");
    assertThat(reference.counts().regions()).isEqualTo(1);
    map[2] = 0.5f;
    assertValue(
        count(MaskConvention.REFERENCE, map, mask).value(Metric.PIXEL_AUROC), 1, "reference");
    assertValue(
        count(MaskConvention.HALF, map, mask).value(Metric.PIXEL_AUROC),
        1,
        "4 and 3 above 0.5 and 1");
    assertValue(
        count(MaskConvention.NONZERO, map, mask).value(Metric.PIXEL_AUROC),
        2.0 / 3,
        "0.5 counts, below 1");
    assertValue(
        count(MaskConvention.REFERENCE, map, mask).value(Metric.AUPRO),
        2.0 / 3,
        "two thirds of the region before the normal pixel");
  }

  @Test
  void undefinedMetricsSayWhy() {
    CategoryMetrics empty = new CategoryMetrics(MaskConvention.HALF, 0.3);
    assertReason(empty.result().value(Metric.IMAGE_AUROC), "there are no anomalous images");
    assertReason(empty.result().value(Metric.NORMAL_MSE), "there are no normal images");

    CategoryMetrics normalOnly = new CategoryMetrics(MaskConvention.HALF, 0.3);
    normalOnly.addNormal(new float[] {1}, 1, 0);
    assertReason(normalOnly.result().value(Metric.IMAGE_AUROC), "there are no anomalous images");
    assertReason(normalOnly.result().value(Metric.PIXEL_AUROC), "there are no anomalous images");
    assertReason(normalOnly.result().value(Metric.AUPRO), "there are no anomalous images");
    assertThat(normalOnly.result().roc()).as("no curve").isEmpty();

    CategoryMetrics noMask = new CategoryMetrics(MaskConvention.HALF, 0.3);
    noMask.addNormal(new float[] {1}, 1, 0);
    noMask.addAnomalous("bent", 2, new float[] {2}, null, 1);
    assertThat(noMask.result().value(Metric.IMAGE_AUROC))
        .as("labels suffice")
        .isEqualTo(Area.exact(1));
    assertReason(noMask.result().value(Metric.PIXEL_AUROC), "no anomalous image has a mask");
    assertReason(noMask.result().value(Metric.AUPRO), "no anomalous image has a mask");
    assertThat(noMask.result().counts().withoutMask()).as("stated").isEqualTo(1);

    CategoryMetrics emptyMask = new CategoryMetrics(MaskConvention.HALF, 0.3);
    emptyMask.addAnomalous("bent", 2, new float[] {2}, new byte[] {127}, 1);
    assertReason(emptyMask.result().value(Metric.IMAGE_AUROC), "there are no normal images");
    assertReason(
        emptyMask.result().value(Metric.PIXEL_AUROC),
        "no mask has an anomalous pixel (masks = HALF)");

    CategoryMetrics allWhite = new CategoryMetrics(MaskConvention.HALF, 0.3);
    allWhite.addAnomalous("bent", 2, new float[] {2}, new byte[] {WHITE}, 1);
    assertReason(allWhite.result().value(Metric.PIXEL_AUROC), "there are no normal pixels");
    assertReason(allWhite.result().value(Metric.AUPRO), "there are no normal pixels");
    assertThat(allWhite.result().value(Metric.AUPRO))
        .hasToString("not defined, because there are no normal pixels");
  }

  @Test
  void mergedPartsEqualTheWholeToTheLastBit() throws Exception {
    SeededRandom random = new SeededRandom(21);
    List<CategoryMetrics> parts = new ArrayList<>();
    CategoryMetrics whole = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    for (int part = 0; part < 6; part++) {
      CategoryMetrics counted = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
      for (int i = 0; i < 5; i++) {
        Image image = Image.random(random);
        image.addTo(counted);
        image.addTo(whole);
      }
      parts.add(counted);
    }
    int[] order = {3, 5, 0, 2, 4, 1};
    CategoryMetrics merged = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    for (int part : order) {
      merged.merge(serialized(parts.get(part)));
    }
    assertThat(merged.toBytes()).as("bytes").isEqualTo(whole.toBytes());
    assertThat(merged.result()).as("result").isEqualTo(whole.result());
    assertThat(whole.result().value(Metric.IMAGE_AUROC).value())
        .as("something was counted")
        .isPresent();
  }

  @Test
  void brokenNumbersAreRefusedAndNotCounted() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.HALF, 0.3);
    byte[] before = metrics.toBytes();
    float[] broken = {1, Float.NaN};
    assertThatThrownBy(() -> metrics.addNormal(broken, 1, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> metrics.addAnomalous("cut", 1, broken, new byte[2], 2))
        .hasMessageContaining("NaN");
    float[] map = {1, 2};
    assertThatThrownBy(() -> metrics.addNormal(map, Float.NaN, 0))
        .hasMessageContaining("image score");
    assertThatThrownBy(() -> metrics.addNormal(map, 2, Double.NaN))
        .hasMessageContaining("restoration error");
    assertThatThrownBy(() -> metrics.addAnomalous("cut", 2, map, new byte[2], 3))
        .hasMessageContaining("map of width 3");
    assertThatThrownBy(() -> metrics.addAnomalous("cut", 2, map, new byte[1], 2))
        .hasMessageContaining("got 1 and 2");
    assertThat(metrics.toBytes()).as("nothing counted").isEqualTo(before);
  }

  @Test
  void differentConventionsDoNotMerge() {
    CategoryMetrics half = new CategoryMetrics(MaskConvention.HALF, 0.3);
    assertThatThrownBy(() -> half.merge(new CategoryMetrics(MaskConvention.NONZERO, 0.3)))
        .hasMessageContaining("HALF")
        .hasMessageContaining("NONZERO");
    assertThatThrownBy(() -> new CategoryMetrics(MaskConvention.HALF, 0))
        .hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> CategoryMetrics.fromBytes(new byte[] {9}))
        .hasMessageContaining("format 9");
  }

  @Test
  void manyImageScoresSpillToABracketThatHoldsTheArea() {
    SeededRandom random = new SeededRandom(2);
    ImageScores exactNormal = new ImageScores();
    ImageScores exactAnomalous = new ImageScores();
    ImageScores fewNormal = new ImageScores(100);
    ImageScores fewAnomalous = new ImageScores(100);
    for (int i = 0; i < 500; i++) {
      float low = (float) random.nextDouble(0.1, 0.4);
      float high = (float) random.nextDouble(0.2, 0.5);
      exactNormal.add(low);
      exactAnomalous.add(high);
      fewNormal.add(low);
      ImageScores one = new ImageScores(100);
      one.add(high);
      fewAnomalous.merge(one);
    }
    assertThat(fewAnomalous.isListed()).as("spilled").isFalse();
    Area exact = ImageScores.auroc(exactNormal, exactAnomalous);
    Area bracket = ImageScores.auroc(fewNormal, fewAnomalous);
    assertThat(exact.halfWidth()).as("exact").isEqualTo(0);
    assertThat(bracket.halfWidth()).as("bracket").isBetween(1e-9, 1e-4);
    assertThat(bracket.value().orElseThrow())
        .as("area")
        .isCloseTo(exact.value().orElseThrow(), within(bracket.halfWidth()));
  }

  @Test
  void meansLeaveOutUndefinedMetrics() {
    Area mean =
        Area.mean(
            List.of(Area.of(0.5, 0.01), Area.notDefined("no masks"), Area.of(0.7, 0.03)), "AUPRO");
    assertThat(mean.value().orElseThrow()).isCloseTo(0.6, within(1e-15));
    assertThat(mean.halfWidth()).isCloseTo(0.02, within(1e-15));
    assertReason(Area.mean(List.of(), "AUPRO"), "no category has a defined AUPRO");
  }

  private static CategoryResult count(MaskConvention masks, float[] map, byte[] mask) {
    CategoryMetrics metrics = new CategoryMetrics(masks, 1);
    metrics.addAnomalous("cut", 4, map, mask, map.length);
    return metrics.result();
  }

  private static void assertValue(Area area, double expected, String what) {
    assertThat(area.value().orElseThrow())
        .as(what)
        .isCloseTo(expected, within(area.halfWidth() + 1e-12));
    assertThat(area.halfWidth()).as(what + " bound").isLessThan(0.2);
  }

  private static void assertReason(Area area, String reason) {
    assertThat(area).isEqualTo(Area.notDefined(reason));
  }

  private static CategoryMetrics serialized(CategoryMetrics metrics)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(metrics);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (CategoryMetrics) in.readObject();
    }
  }

  private record Image(
      List<Float> map, List<Byte> mask, String defect, boolean anomalous, double error) {
    static Image random(SeededRandom random) {
      List<Float> map = new ArrayList<>();
      List<Byte> mask = new ArrayList<>();
      boolean anomalous = random.nextBoolean();
      for (int p = 0; p < 48; p++) {
        map.add((float) StrictMath.exp(4 * random.nextGaussian()));
        mask.add((byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0));
      }
      String defect = "type" + random.nextInt(2);
      return new Image(map, mask, defect, anomalous, random.nextDouble());
    }

    void addTo(CategoryMetrics metrics) {
      float[] scores = new float[map.size()];
      byte[] masked = new byte[map.size()];
      float max = 0;
      for (int p = 0; p < scores.length; p++) {
        scores[p] = map.get(p);
        masked[p] = mask.get(p);
        max = Math.max(max, scores[p]);
      }
      if (anomalous) {
        metrics.addAnomalous(defect, max, scores, masked, 8);
      } else {
        metrics.addNormal(scores, max, error);
      }
    }
  }
}
