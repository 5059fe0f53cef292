package org.fairspark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {
  @Test
  void keysAreInTheOrderOfTheirScores() {
    float[] rising = {
      -3e38f, -1, -1e-3f, -0x1.0p-24f, 0, 0x1.0p-24f, Math.nextUp(0x1.0p-24f), 0.1f, 1, 3e38f
    };
    for (int i = 1; i < rising.length; i++) {
      assertThat(ScoreKey.of(rising[i]))
          .as("key of %s above that of %s", rising[i], rising[i - 1])
          .isGreaterThan(ScoreKey.of(rising[i - 1]));
      assertThat(ScoreKey.score(ScoreKey.of(rising[i]))).as("back").isEqualTo(rising[i]);
    }
    assertThat(ScoreKey.of(Math.nextUp(0.1f)) - ScoreKey.of(0.1f)).as("neighbours").isEqualTo(1);
    assertThat(ScoreKey.of(1e-12f)).as("nothing tells tiny scores apart").isEqualTo(0);
  }

  @Test
  void fewNeighbouringScoresAreExact() {
    ScoreHistogram histogram = new ScoreHistogram();
    float score = 0.5f;
    histogram.add(score, false);
    histogram.add(Math.nextUp(score), true);
    histogram.add(score, true);
    assertThat(HistogramAreas.auroc(histogram))
        .as("1 + 1/2 of 2 pairs")
        .isEqualTo(Area.exact(0.75));
  }

  @Test
  void bracketsHoldTheExactAreas() {
    SeededRandom random = new SeededRandom(12);
    for (int round = 0; round < 60; round++) {
      Sample sample = Sample.of(random, round);
      Area auroc = HistogramAreas.auroc(sample.histogram);
      double exactAuroc = ExactAreas.auroc(sample.scores, sample.anomalous());
      assertThat(auroc.value().orElseThrow())
          .as("AUROC, round %d", round)
          .isCloseTo(exactAuroc, within(auroc.halfWidth() + 1e-12));
      for (double limit : new double[] {0.05, 0.3, 1}) {
        Area aupro = HistogramAreas.aupro(sample.histogram, limit, sample.scores.length);
        double exactAupro = ExactAreas.aupro(sample.scores, sample.regions, limit);
        assertThat(aupro.value().orElseThrow())
            .as("AUPRO to %s, round %d", limit, round)
            .isCloseTo(exactAupro, within(aupro.halfWidth() + 1e-12));
      }
    }
  }

  @Test
  void resultsDoNotDependOnHowPartsAreMerged() throws IOException {
    SeededRandom random = new SeededRandom(8);
    for (int round = 0; round < 20; round++) {
      List<float[]> parts = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        float[] part = new float[1 + random.nextInt(50)];
        double scale = StrictMath.pow(10, random.nextInt(8) - 4);
        for (int k = 0; k < part.length; k++) {
          part[k] = (float) (scale * (random.nextDouble() - (i % 4 == 0 ? 0.5 : 0)));
        }
        parts.add(part);
      }
      ScoreHistogram one = new ScoreHistogram();
      parts.forEach(one::add);
      int[] order = new int[parts.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      random.shuffle(order);
      ScoreHistogram left = new ScoreHistogram();
      ScoreHistogram right = new ScoreHistogram();
      for (int i = 0; i < order.length; i++) {
        ScoreHistogram single = new ScoreHistogram();
        single.add(parts.get(order[i]));
        (i % 3 == 0 ? left : right).merge(single);
      }
      left.merge(right);
      left.merge(new ScoreHistogram());
      assertThat(bytes(left)).as("round %d", round).isEqualTo(bytes(one));
      assertThat(bytes(read(bytes(one)))).as("written and read").isEqualTo(bytes(one));
    }
  }

  @Test
  void serialisesToTheBinsInUse() throws IOException {
    ScoreHistogram histogram = new ScoreHistogram();
    histogram.add(new float[] {0.1f, 0.1f, 5});
    assertThat(bytes(histogram).length).as("two bins").isLessThan(30);
    assertThat(bytes(new ScoreHistogram()).length).as("empty").isEqualTo(1);
  }

  @Test
  void curvesAreShortAndRise() {
    Sample sample = Sample.of(new SeededRandom(5), 1);
    for (List<CurvePoint> curve :
        List.of(HistogramAreas.roc(sample.histogram), HistogramAreas.pro(sample.histogram))) {
      assertThat(curve).as("points").hasSizeBetween(50, 200);
      CurvePoint last = curve.get(curve.size() - 1);
      assertThat(last.falsePositiveRate()).as("ends at 1").isCloseTo(1, within(1e-12));
      assertThat(last.overlap()).as("ends at 1").isCloseTo(1, within(1e-12));
      for (int i = 1; i < curve.size(); i++) {
        assertThat(curve.get(i).falsePositiveRate())
            .isGreaterThanOrEqualTo(curve.get(i - 1).falsePositiveRate());
        assertThat(curve.get(i).overlap()).isGreaterThanOrEqualTo(curve.get(i - 1).overlap());
        assertThat(curve.get(i)).as("points differ").isNotEqualTo(curve.get(i - 1));
      }
    }
  }

  @Test
  void scoresThatAreNoNumbersAreRefusedAndNotCounted() throws IOException {
    ScoreHistogram histogram = new ScoreHistogram();
    assertThatThrownBy(() -> histogram.add(new float[] {1, Float.NaN})).hasMessageContaining("NaN");
    assertThatThrownBy(() -> histogram.add(new float[] {Float.NEGATIVE_INFINITY}))
        .hasMessageContaining("infinity");
    assertThat(bytes(histogram)).as("still empty").isEqualTo(bytes(new ScoreHistogram()));
  }

  private static byte[] bytes(ScoreHistogram histogram) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    histogram.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ScoreHistogram read(byte[] bytes) throws IOException {
    return ScoreHistogram.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  /** Random maps with regions; every third round has many ties, every fourth negative scores. */
  private static final class Sample {
    private final float[] scores;
    private final int[] regions;
    private final ScoreHistogram histogram = new ScoreHistogram();

    private Sample(float[] scores, int[] regions) {
      this.scores = scores;
      this.regions = regions;
    }

    static Sample of(SeededRandom random, int round) {
      int height = 40;
      int width = 60;
      byte[] mask = new byte[height * width];
      for (int k = 0; k < 4; k++) {
        int top = random.nextInt(height - 8);
        int left = random.nextInt(width - 8);
        for (int r = top; r < top + 1 + random.nextInt(7); r++) {
          for (int c = left; c < left + 6; c++) {
            mask[r * width + c] = (byte) 255;
          }
        }
      }
      float[] scores = new float[mask.length];
      for (int p = 0; p < scores.length; p++) {
        double score = StrictMath.exp(random.nextGaussian() + (mask[p] == 0 ? 0 : 1)) / 50;
        if (round % 3 == 0) {
          score = Math.rint(score * 100) / 100;
        }
        if (round % 4 == 0) {
          score -= 0.02;
        }
        scores[p] = (float) score;
      }
      Regions regions = Regions.label(mask, height, width);
      Sample sample = new Sample(scores, regions.labels());
      sample.histogram.add(InspectedMap.whole(scores, scores.length), mask, regions, 255);
      return sample;
    }

    boolean[] anomalous() {
      boolean[] anomalous = new boolean[regions.length];
      for (int p = 0; p < anomalous.length; p++) {
        anomalous[p] = regions[p] != 0;
      }
      return anomalous;
    }
  }
}
