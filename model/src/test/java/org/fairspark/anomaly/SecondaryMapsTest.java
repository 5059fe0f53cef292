package org.fairspark.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class SecondaryMapsTest {
  private static final AnomalyFunction FUNCTION =
      new AnomalyFunction(true, 3e-4, ColorOrder.RGB, 2, 5);

  @Test
  void firstIsTheMapWithTwoScalesMore() {
    FloatImage original = noise(1, 32);
    FloatImage restored = noise(2, 32);
    List<FloatImage> maps = SecondaryMaps.of(original, restored, FUNCTION);

    assertThat(maps).hasSize(2);
    assertThat(maps.get(0).values())
        .isEqualTo(
            new AnomalyFunction(true, 3e-4, ColorOrder.RGB, 4, 5).map(original, restored).values());
  }

  @Test
  void secondSeesWhatIsBrighterAndNothingElse() {
    FloatImage original = plain(0.25f, 32);
    List<FloatImage> maps = SecondaryMaps.of(original, plain(0.5f, 32), FUNCTION);

    // Far from the border, where gradients and mean filter see zeros.
    int centre = 16 * 32 + 16;
    assertThat(maps.get(0).values()[centre]).isCloseTo(0, within(1e-4f));
    assertThat(maps.get(1).values()[centre]).isCloseTo(0.25f, within(1e-6f));
  }

  @Test
  void smallImageHasAsManyScalesAsItHasRoomFor() {
    FloatImage original = noise(1, 4);
    FloatImage restored = noise(2, 4);
    assertThat(SecondaryMaps.of(original, restored, FUNCTION).get(0).values())
        .isEqualTo(
            new AnomalyFunction(true, 3e-4, ColorOrder.RGB, 3, 5).map(original, restored).values());
  }

  @Test
  void functionOfColourAloneHasNoCoarseMap() {
    assertThat(
            SecondaryMaps.of(
                noise(1, 16), noise(2, 16), new AnomalyFunction(false, 1, ColorOrder.RGB, 2, 1)))
        .hasSize(1);
  }

  private static FloatImage plain(float value, int side) {
    float[] values = new float[3 * side * side];
    Arrays.fill(values, value);
    return new FloatImage(3, side, side, values);
  }

  private static FloatImage noise(long seed, int side) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[3 * side * side];
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) random.nextDouble();
    }
    return new FloatImage(3, side, side, values);
  }
}
