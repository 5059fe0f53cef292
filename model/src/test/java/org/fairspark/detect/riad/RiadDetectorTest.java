package org.fairspark.detect.riad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.color.ColorOrder;
import org.fairspark.detect.Detection;
import org.fairspark.detect.TiledDetector;
import org.fairspark.detect.restoration.BatchRestorer;
import org.fairspark.frequency.Unfiltered;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.network.Restorer;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class RiadDetectorTest {
  private static final AnomalyFunction FUNCTION =
      new AnomalyFunction(true, 0, ColorOrder.RGB, 4, 5);

  /** A network that gives back what it sees. */
  private static final Restorer ECHO = (input, n, height, width) -> input.clone();

  private static RiadDetector detector(Restorer network) {
    return new RiadDetector(new BatchRestorer(new Unfiltered(), network, 2), FUNCTION);
  }

  private static PixelImage image(int seed) {
    byte[] pixels = new byte[3 * 32 * 32];
    SeededRandom random = new SeededRandom(seed);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    return new PixelImage(3, 32, 32, pixels);
  }

  @Test
  void whatIsComparedWasNowhereSeen() {
    FloatImage original = image(1).toFloat();
    FloatImage black = new FloatImage(3, 32, 32, new float[3 * 32 * 32]);
    Detection found = detector(ECHO).detect(List.of(original)).get(0);
    assertThat(found.reconstruction().orElseThrow().restored().values()).containsOnly(0);
    float[] expected = FUNCTION.map(original, black).values();
    for (int p = 0; p < expected.length; p++) {
      assertThat(found.map().values()[p]).isCloseTo(expected[p], within(1e-5f));
    }
    assertThat(found.score()).isEqualTo(AnomalyFunction.score(found.map()));
  }

  @Test
  void aDetectionDependsOnItsImageAloneAlsoAsATile() {
    List<FloatImage> images = List.of(image(1).toFloat(), image(2).toFloat(), image(3).toFloat());
    RiadDetector detector = detector(RiadDetectorTest::neighbours);
    List<Detection> together = detector.detect(images);
    for (int i = 0; i < images.size(); i++) {
      float[] alone = detector.detect(List.of(images.get(i))).get(0).map().values();
      assertThat(Arrays.equals(together.get(i).map().values(), alone)).as("alone").isTrue();
      FloatImage tile = new TiledDetector(detector, ImageSize.square(32), 16).map(image(i + 1));
      assertThat(Arrays.equals(tile.values(), alone)).as("as a tile").isTrue();
    }
  }

  /** A network that paints in what is left of a pixel, and rounds by the size of its batch. */
  private static float[] neighbours(float[] input, int n, int height, int width) {
    float[] output = new float[input.length];
    for (int i = 0; i < input.length; i++) {
      output[i] = i % width == 0 ? 0 : input[i - 1] * (1 + 1e-3f * n);
    }
    return output;
  }
}
