package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps and masks on which programs of this field are known to fail, against sorting everything. */
class DegenerateMapsTest {
  private static final int SIDE = 96;
  private static final int NORMAL = 12;
  private static final int ANOMALOUS = 6;

  enum Input {
    PLAIN(m -> m),
    CONSTANT(
        m -> {
          Arrays.fill(m, 0.25f);
          return m;
        }),
    NINE_LEVELS(
        m -> {
          for (int i = 0; i < m.length; i++) {
            m[i] = Math.round(m[i] * 8) / 8f;
          }
          return m;
        }),
    TOP_CLIPPED(m -> clipped(m, 0.9f)),
    MOST_CLIPPED(m -> clipped(m, 0.4f)),
    HALF_FLOATS(
        m -> {
          for (int i = 0; i < m.length; i++) {
            m[i] = half(m[i]);
          }
          return m;
        }),
    ONE_PIXEL_MASKS(m -> m),
    WHOLLY_DEFECTIVE(m -> m),
    HOT_PIXEL(m -> m);

    private final UnaryOperator<float[]> change;

    Input(UnaryOperator<float[]> change) {
      this.change = change;
    }

    private static float[] clipped(float[] map, float top) {
      for (int i = 0; i < map.length; i++) {
        map[i] = Math.min(top, map[i]);
      }
      return map;
    }

    /** Rounds to ten bits behind the leading one, as half precision does. */
    private static float half(float value) {
      int bits =
          Float.floatToRawIntBits(value) + 0xFFF + ((Float.floatToRawIntBits(value) >> 13) & 1);
      return Float.intBitsToFloat(bits & ~0x1FFF);
    }
  }

  @ParameterizedTest
  @EnumSource(Input.class)
  void everyMetricEqualsTheExactOneWithinItsBound(Input input) {
    SeededRandom random = new SeededRandom(7);
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    int pixels = SIDE * SIDE;
    float[] all = new float[(NORMAL + ANOMALOUS) * pixels];
    boolean[] truth = new boolean[all.length];
    int[] regions = new int[all.length];
    float[] scores = new float[NORMAL + ANOMALOUS];
    boolean[] labels = new boolean[scores.length];
    float[] normal = new float[NORMAL * pixels];
    float[][] maps = new float[ANOMALOUS][];
    boolean[][] masks = new boolean[ANOMALOUS][pixels];
    int region = 0;
    for (int i = 0; i < scores.length; i++) {
      boolean anomalous = i >= NORMAL;
      byte[] mask = mask(input, i - NORMAL);
      float[] map = new float[pixels];
      for (int p = 0; p < pixels; p++) {
        double raised = anomalous && mask[p] != 0 ? 0.3 : 0;
        map[p] = (float) (0.7 * random.nextDouble() * random.nextDouble() + raised);
      }
      if (input == Input.HOT_PIXEL && i == 0) {
        map[17] = 100;
      }
      map = input.change.apply(map);
      float score = 0;
      for (float value : map) {
        score = Math.max(score, value);
      }
      scores[i] = score;
      labels[i] = anomalous;
      System.arraycopy(map, 0, all, i * pixels, pixels);
      if (anomalous) {
        Regions found = Regions.label(mask, SIDE, SIDE, 128);
        for (int p = 0; p < pixels; p++) {
          int label = found.labels()[p];
          regions[i * pixels + p] = label == 0 ? 0 : region + label;
          truth[i * pixels + p] = label != 0;
          masks[i - NORMAL][p] = label != 0;
        }
        region += found.count();
        maps[i - NORMAL] = map;
        metrics.addAnomalous("cut", score, map, mask, SIDE);
      } else {
        System.arraycopy(map, 0, normal, i * pixels, pixels);
        metrics.addNormal(map, score);
      }
    }
    CategoryResult result = metrics.result();
    assertExact(result, Metric.IMAGE_AP, ExactAreas.averagePrecision(scores, labels));
    assertExact(result, Metric.IMAGE_F1_MAX, ExactAreas.bestF1(scores, labels)[0]);
    assertExact(result, Metric.PIXEL_AUROC_HALF, ExactAreas.auroc(all, truth));
    assertExact(result, Metric.PIXEL_AP, ExactAreas.averagePrecision(all, truth));
    assertExact(result, Metric.PIXEL_F1_MAX, ExactAreas.bestF1(all, truth)[0]);
    assertExact(result, Metric.AUPRO_HALF, ExactAreas.aupro(all, regions, 0.3));
    assertExact(result, Metric.AUPRO_05, ExactAreas.aupro(all, regions, 0.05));
    assertExact(result, Metric.AUPIMO, ExactAreas.aupimo(normal, maps, masks));
    float threshold = (float) result.decisions().bestOfPixels().threshold().value().orElseThrow();
    assertThat(f1(all, truth, threshold))
        .as("F1 at the threshold that is given with it")
        .isCloseTo(result.value(Metric.PIXEL_F1_MAX).value().orElseThrow(), within(1e-12));
  }

  @Test
  void constantMapsHaveTheValuesOfChance() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    float[] map = new float[64 * 64];
    byte[] mask = new byte[map.length];
    Arrays.fill(mask, 0, 1024, (byte) 255);
    for (int i = 0; i < 30; i++) {
      metrics.addNormal(map, 0);
    }
    metrics.addAnomalous("cut", 0, map, mask, 64);
    CategoryResult result = metrics.result();
    double share = 1024.0 / (31 * 4096);
    assertThat(result.value(Metric.PIXEL_AP).value().orElseThrow())
        .as("the share of anomalous pixels")
        .isCloseTo(share, within(1e-15));
    assertThat(result.value(Metric.PIXEL_F1_MAX).value().orElseThrow())
        .as("all are called anomalous")
        .isCloseTo(2 * share / (1 + share), within(1e-15));
    assertThat(result.value(Metric.AUPRO_05).value().orElseThrow())
        .as("half of the limit")
        .isCloseTo(0.025, within(1e-9));
    assertThat(result.value(Metric.AUPIMO).value().orElseThrow())
        .as("9e-5 / ln 10")
        .isCloseTo(9e-5 / Math.log(10), within(1e-12));
  }

  private static byte[] mask(Input input, int anomaly) {
    byte[] mask = new byte[SIDE * SIDE];
    if (input == Input.WHOLLY_DEFECTIVE && anomaly == 0) {
      Arrays.fill(mask, (byte) 255);
    } else if (input == Input.ONE_PIXEL_MASKS) {
      mask[Math.max(0, anomaly) * 101] = (byte) 255;
    } else {
      for (int row = 10; row < 30 + 3 * anomaly; row++) {
        Arrays.fill(mask, row * SIDE + 20, row * SIDE + 44, (byte) 255);
        mask[row * SIDE + 60] = (byte) 255;
      }
    }
    return mask;
  }

  private static double f1(float[] scores, boolean[] anomalous, float threshold) {
    double found = 0;
    double called = 0;
    double positives = 0;
    for (int i = 0; i < scores.length; i++) {
      called += scores[i] >= threshold ? 1 : 0;
      found += scores[i] >= threshold && anomalous[i] ? 1 : 0;
      positives += anomalous[i] ? 1 : 0;
    }
    return 2 * found / (called + positives);
  }

  private static void assertExact(CategoryResult result, Metric metric, double exact) {
    Area area = result.value(metric);
    // AUPIMO's exact value is itself a sum of 20 000 steps.
    double rounding = metric == Metric.AUPIMO ? 1e-4 : 1e-12;
    assertThat(area.value().orElseThrow())
        .as(metric.key())
        .isCloseTo(exact, within(area.halfWidth() + rounding));
    assertThat(area.value().orElseThrow())
        .as(metric.key() + ", whose bound is wide where many pixels share a score")
        .isCloseTo(exact, within(2e-4));
  }
}
