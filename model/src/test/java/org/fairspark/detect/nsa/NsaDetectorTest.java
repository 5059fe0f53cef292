package org.fairspark.detect.nsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.color.ColorOrder;
import org.fairspark.detect.Detection;
import org.fairspark.detect.restoration.BatchRestorer;
import org.fairspark.frequency.Unfiltered;
import org.fairspark.image.FloatImage;
import org.junit.jupiter.api.Test;

class NsaDetectorTest {
  private static final int PIXELS = 16 * 16;
  private final List<Integer> batches = new ArrayList<>();

  /** The first channel is taken for the logarithm of the odds. */
  private float[] firstChannel(float[] input, int n) {
    batches.add(n);
    float[] logits = new float[n * PIXELS];
    for (int i = 0; i < n; i++) {
      System.arraycopy(input, i * 3 * PIXELS, logits, i * PIXELS, PIXELS);
    }
    return logits;
  }

  private NsaDetector detector(int smoothing) {
    return new NsaDetector(
        new BatchRestorer(new Unfiltered(), (input, n, h, w) -> firstChannel(input, n), 2),
        new AnomalyFunction(true, 0, ColorOrder.RGB, 4, smoothing));
  }

  private static FloatImage image(float corner) {
    float[] values = new float[3 * PIXELS];
    values[0] = corner;
    return new FloatImage(3, 16, 16, values);
  }

  @Test
  void theMapIsTheProbabilityAndTheScoreItsMean() {
    float odds = (float) Math.log(3);
    List<Detection> found = detector(1).detect(List.of(image(odds), image(0), image(-odds)));
    assertThat(found.get(0).map().values()[0]).isCloseTo(0.75f, within(1e-6f));
    assertThat(found.get(0).map().values()[1]).isEqualTo(0.5f);
    assertThat(found.get(0).score()).isCloseTo(0.5f + 0.25f / PIXELS, within(1e-6f));
    assertThat(found.get(1).score()).isEqualTo(0.5f);
    assertThat(found.get(2).score()).isCloseTo(0.5f - 0.25f / PIXELS, within(1e-6f));
    assertThat(batches).as("filled up").containsExactly(2, 2);
  }

  @Test
  void smoothingLeavesTheScore() {
    Detection plain = detector(1).detect(List.of(image(4))).get(0);
    Detection smooth = detector(5).detect(List.of(image(4))).get(0);
    assertThat(smooth.score()).isEqualTo(plain.score());
    assertThat(smooth.map().values()[0]).isLessThan(plain.map().values()[0]);
  }

  @Test
  void tilesAreMapsBeforeSmoothing() {
    NsaDetector detector = detector(5);
    FloatImage tile = detector.tileMaps(List.of(image(4))).get(0);
    assertThat(tile.values())
        .isEqualTo(detector(1).detect(List.of(image(4))).get(0).map().values());
    assertThat(detector.finish(tile).values())
        .isEqualTo(detector.detect(List.of(image(4))).get(0).map().values());
  }
}
