package org.fairspark.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class TiledDetectorTest {
  private static final int SIZE = 128;
  private static final int OVERLAP = 64;

  /** Restores gray from the high frequencies of a neighbourhood: local, as a network nearly is. */
  private static final Restorer BLUR =
      (input, n, height, width) -> {
        int plane = height * width;
        float[] out = new float[3 * n * plane];
        for (int i = 0; i < n; i++) {
          for (int r = 1; r < height - 1; r++) {
            for (int c = 1; c < width - 1; c++) {
              float sum = 0;
              for (int k = -1; k <= 1; k++) {
                for (int l = -1; l <= 1; l++) {
                  sum += input[i * plane + (r + k) * width + c + l];
                }
              }
              for (int channel = 0; channel < 3; channel++) {
                out[(3 * i + channel) * plane + r * width + c] = 0.5f + sum / 9;
              }
            }
          }
        }
        return out;
      };

  private static final HighFrequencyExtractor EXTRACTOR = new ButterworthHighPass(30, 2);

  /** Returns a weave with a dark smear of 24 x 24 pixels at a place. */
  private static PixelImage weave(int height, int width, int defectY, int defectX) {
    SeededRandom random = new SeededRandom(4);
    byte[] pixels = new byte[3 * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double wave = Math.sin(0.7 * x) * Math.sin(0.5 * y);
        boolean smeared = Math.abs(y - defectY) < 12 && Math.abs(x - defectX) < 12;
        int gray = (int) (128 + (smeared ? -70 + 10 * wave : 40 * wave) + random.nextInt(9));
        for (int c = 0; c < 3; c++) {
          pixels[3 * (y * width + x) + c] = (byte) gray;
        }
      }
    }
    return new PixelImage(3, height, width, pixels);
  }

  private static TiledDetector tiles(Restorer restorer, int overlap) {
    return new TiledDetector(
        new RestorationDetector(EXTRACTOR, restorer, AnomalyFunction.paper(), 4),
        ImageSize.square(SIZE),
        overlap);
  }

  /**
   * Returns the score of the same defect in an image cut elsewhere, so that tiles lie elsewhere on
   * it.
   */
  private static float score(Restorer restorer, int down, int right) {
    PixelImage whole = weave(320, 384, 160, 160);
    byte[] part = new byte[3 * 256 * 320];
    for (int y = 0; y < 256; y++) {
      System.arraycopy(whole.pixels(), 3 * ((y + down) * 384 + right), part, 3 * y * 320, 3 * 320);
    }
    FloatImage map = tiles(restorer, OVERLAP).map(new PixelImage(3, 256, 320, part));
    Peak peak = Peak.of(map);
    assertThat(Math.abs(peak.column() + right - 160)).as("the defect is the peak").isLessThan(24);
    assertThat(Math.abs(peak.row() + down - 160)).isLessThan(24);
    return peak.value();
  }

  /** Tiles of 128 that overlap by 64 are blended about 96, 160, 224; 128 is the middle of one. */
  @Test
  void aTileBorderThroughADefectChangesItsScoreByLessThanOnePercent() {
    float inTheMiddleOfATile = score(BLUR, 32, 32);
    assertThat(Math.abs(score(BLUR, 32, 64) / inTheMiddleOfATile - 1))
        .as("a border through its middle")
        .isLessThan(0.01f);
    assertThat(Math.abs(score(BLUR, 64, 64) / inTheMiddleOfATile - 1))
        .as("the corner of four tiles in its middle")
        .isLessThan(0.01f);
    assertThat(Math.abs(score(BLUR, 48, 48) / inTheMiddleOfATile - 1))
        .as("a quarter of a tile beside")
        .isLessThan(0.01f);
  }

  @Test
  void blendedMapsHaveNoSeams() {
    PixelImage image = weave(256, 320, -100, -100);
    FloatImage blended = tiles(BLUR, OVERLAP).map(image);
    FloatImage closer = tiles(BLUR, 48).map(image);
    float largest = 0;
    float most = 0;
    // Where the image ends, a tile that ends there sees nothing and one that reaches out a mirror.
    for (int y = 32; y < 256 - 32; y++) {
      for (int x = 32; x < 320 - 32; x++) {
        int p = y * 320 + x;
        largest = Math.max(largest, Math.abs(blended.values()[p] - closer.values()[p]));
        most = Math.max(most, blended.values()[p]);
      }
    }
    assertThat(largest / most).as("another grid of tiles gives the same map").isLessThan(0.02f);
  }

  @Test
  void anImageOfTheTilesSizeIsInspectedAsEver() {
    PixelImage image = weave(SIZE, SIZE, 60, 60);
    try (Dl4jTrainer network =
        Dl4jTrainer.of(NetworkWeights.initial(new UnetSpec(1, 4, true), 3))) {
      TiledDetector tiled = tiles(network, OVERLAP);
      FloatImage whole = tiled.detector().detect(List.of(image.toFloat())).get(0).map();
      assertThat(tiled.tiles(SIZE, SIZE)).isEqualTo(1);
      FloatImage map = tiled.map(image);
      for (int i = 0; i < whole.values().length; i++) {
        assertThat(map.values()[i]).isEqualTo(whole.values()[i], within(1e-6f));
      }
    }
  }

  @Test
  void everySizeIsCovered() {
    for (int[] size : new int[][] {{40, 300}, {129, 128}, {128, 193}, {200, 50}}) {
      FloatImage map = tiles(BLUR, 32).map(weave(size[0], size[1], 20, 20));
      assertThat(map.height()).isEqualTo(size[0]);
      assertThat(map.width()).isEqualTo(size[1]);
      for (float value : map.values()) {
        assertThat(value).isGreaterThan(0);
      }
    }
    assertThat(tiles(BLUR, OVERLAP).tiles(256, 320)).as("3 rows of 4").isEqualTo(12);
  }

  @Test
  void refusesOverlapsThatLeaveSeams() {
    assertThatThrownBy(() -> tiles(BLUR, 8)).hasMessageContaining("from 16 to 64, got 8");
    assertThatThrownBy(() -> tiles(BLUR, 96)).hasMessageContaining("got 96");
  }
}
