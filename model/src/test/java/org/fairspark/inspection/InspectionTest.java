package org.fairspark.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.metrics.Regions;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class InspectionTest {
  private static final Polygon LEFT_HALF = Polygon.rectangle(0, 0, 0.5, 1);

  private static FloatImage map(int width, float... values) {
    return new FloatImage(1, values.length / width, width, values);
  }

  @Test
  void theWholeImageStaysAsItIs() {
    FloatImage map = map(2, 1, 2, 3, 4);
    assertThat(Inspection.WHOLE.apply(map)).isSameAs(map);
    assertThat(Inspection.WHOLE.inside(2, 2)).isNull();
    assertThat(Inspection.WHOLE.values(map)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whatLiesOutsideIsZero() {
    FloatImage map = map(4, 1, 2, 3, 4, 5, 6, 7, 8);
    Inspection left = new Inspection(List.of(LEFT_HALF), List.of(), 0, 1, 1);
    assertThat(left.apply(map).values()).containsExactly(1, 2, -0f, -0f, 5, 6, -0f, -0f);
    assertThat(left.values(map)).containsExactly(1, 2, 5, 6);
    assertThat(map.values()).as("not changed").containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    Inspection rest =
        new Inspection(List.of(LEFT_HALF), List.of(Polygon.rectangle(0, 0, 0.25, 0.5)), 0, 1, 1);
    assertThat(rest.apply(map).values()).containsExactly(-0f, 2, -0f, -0f, 5, 6, -0f, -0f);
    Inspection border = new Inspection(List.of(), List.of(), 0.25, 1, 1);
    boolean[] inside = new boolean[36];
    for (int row = 1; row < 5; row++) {
      Arrays.fill(inside, row * 6 + 1, row * 6 + 5, true);
    }
    // A quarter of six pixels are one and a half: the second pixel's centre lies just on it.
    assertThat(border.inside(6, 6)).isEqualTo(inside);
  }

  @Test
  void imagesOfAViewHaveAreasOfTheirOwn() {
    TreeMap<String, Inspection.Areas> views = new TreeMap<>();
    views.put("top", new Inspection.Areas(List.of(), List.of(LEFT_HALF)));
    Inspection by = new Inspection(List.of(LEFT_HALF), List.of(), 0, 2, 0.5, views);
    FloatImage map = map(4, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(by.of("top").values(map)).containsExactly(3, 4, 7, 8);
    assertThat(by.of("side")).isEqualTo(new Inspection(List.of(LEFT_HALF), List.of(), 0, 2, 0.5));
    assertThat(by.of("").hysteresis()).isEqualTo(0.5);
    assertThat(by.hasOutside()).isTrue();
    assertThat(Inspection.WHOLE.of("top")).isSameAs(Inspection.WHOLE);
  }

  @Test
  void polygonsAndPicturesAreTheSameAtAnySize() {
    Polygon triangle =
        new Polygon(
            List.of(new Polygon.Point(0, 0), new Polygon.Point(1, 0), new Polygon.Point(0, 1)));
    assertThat(triangle.contains(0.2, 0.2)).isTrue();
    assertThat(triangle.contains(0.8, 0.8)).isFalse();
    Picture picture =
        Picture.of(new PixelImage(1, 2, 2, new byte[] {(byte) 255, 0, 0, (byte) 128}));
    assertThat(picture.contains(0.1, 0.4)).isTrue();
    assertThat(picture.contains(0.9, 0.1)).isFalse();
    assertThat(picture.contains(1, 1)).isTrue();
    Inspection by = new Inspection(List.of(picture), List.of(), 0, 1, 1);
    for (int size : new int[] {2, 4, 10}) {
      int count = 0;
      for (boolean inside : by.inside(size, size)) {
        count += inside ? 1 : 0;
      }
      assertThat(count).as("half of %d x %d", size, size).isEqualTo(size * size / 2);
    }
    assertThat(Picture.of(new PixelImage(1, 1, 1, new byte[] {0})))
        .isEqualTo(new Picture(1, 1, new byte[1]));
  }

  @Test
  void smallRegionsSinkToTheLevelAtWhichTheyAreLargeEnough() {
    Inspection three = new Inspection(List.of(), List.of(), 0, 3, 1);
    assertThat(three.apply(map(5, 9, 1, 0, 5, 6, 1, 1, 0, 4, 0)).values())
        .as("9 stands alone down to 1; 6, 5 and 4 are three at 4")
        .containsExactly(1, 1, 0, 4, 4, 1, 1, 0, 4, 0);
    assertThat(new Inspection(List.of(), List.of(), 0, 5, 1).apply(map(2, 3, 2, 1, 0)).values())
        .as("fewer pixels than that in the whole map")
        .containsExactly(0, 0, 0, 0);
  }

  /**
   * The definition: at every level, a region of a map is kept if and only if it is large enough.
   */
  @Test
  void openingEqualsRemovingSmallRegionsAtEveryLevel() {
    SeededRandom random = new SeededRandom(3);
    for (int area : new int[] {2, 4, 7}) {
      float[] values = new float[12 * 9];
      for (int p = 0; p < values.length; p++) {
        values[p] = random.nextInt(6);
      }
      float[] expected = new float[values.length];
      for (int level = 1; level < 6; level++) {
        byte[] above = new byte[values.length];
        for (int p = 0; p < values.length; p++) {
          above[p] = (byte) (values[p] >= level ? 1 : 0);
        }
        Regions regions = Regions.label(above, 9, 12);
        for (int p = 0; p < values.length; p++) {
          int region = regions.labels()[p];
          if (region != 0 && regions.area(region) >= area) {
            expected[p] = level;
          }
        }
      }
      assertThat(new Inspection(List.of(), List.of(), 0, area, 1).apply(map(12, values)).values())
          .as("area %d", area)
          .isEqualTo(expected);
    }
  }

  @Test
  void nothingOutsideRaisesAValueInside() {
    SeededRandom random = new SeededRandom(4);
    Inspection inspection =
        new Inspection(
            List.of(LEFT_HALF), List.of(Polygon.rectangle(0.1, 0.1, 0.1, 0.3)), 0.05, 3, 0.5);
    boolean[] inside = inspection.inside(20, 20);
    float[] calm = new float[400];
    float[] wild = new float[400];
    for (int p = 0; p < 400; p++) {
      calm[p] = (float) random.nextDouble();
      wild[p] = inside[p] ? calm[p] : 1000;
    }
    float[] inspected = inspection.apply(map(20, calm)).values();
    assertThat(inspection.apply(map(20, wild)).values()).isEqualTo(inspected);
    assertThat(inspection.values(map(20, wild))).isEqualTo(inspection.values(map(20, calm)));
  }

  @Test
  void aRegionReachesDownToTheLowerLevelFromWhereItExceedsTheThreshold() {
    Inspection half = new Inspection(List.of(), List.of(), 0, 1, 0.5);
    float[] values = {9, 6, 0, 6, 5, 4};
    assertThat(half.above(values, 6, 8)).containsExactly(true, true, false, false, false, false);
    assertThat(Inspection.WHOLE.above(values, 6, 8))
        .containsExactly(true, false, false, false, false, false);
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThatThrownBy(() -> new Inspection(List.of(), List.of(), 0.5, 1, 1))
        .hasMessageContaining("border in [0,0.5)");
    assertThatThrownBy(() -> new Inspection(List.of(), List.of(), 0, 0, 1))
        .hasMessageContaining("smallest area from 1");
    assertThatThrownBy(() -> Polygon.rectangle(0, 0, 0, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Polygon(List.of(new Polygon.Point(0, 0))))
        .hasMessageContaining("three corners");
    assertThatThrownBy(() -> new Picture(3, 3, new byte[1])).hasMessageContaining("3 x 3");
  }
}
