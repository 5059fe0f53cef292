package org.fairspark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;
import org.junit.jupiter.api.Test;

class PatchExtractorTest {
  private static final BackboneSettings SETTINGS =
      new BackboneSettings(
          List.of("fine", "coarse"), List.of(51.0, 102.0, 0.0), List.of(1.0, 2.0, 255.0));

  /** A backbone whose layers do not depend on the image, and that keeps what it is given. */
  private static final class Fixed implements Backbone {
    private FloatImage seen;

    @Override
    public List<FloatImage> features(FloatImage input) {
      seen = input;
      return List.of(
          new FloatImage(1, 2, 2, new float[] {9, 18, 27, 36}),
          new FloatImage(2, 1, 1, new float[] {9, 90}));
    }

    @Override
    public void close() {}
  }

  private static final FloatImage IMAGE =
      new FloatImage(3, 1, 2, new float[] {0.2f, 1, 0.4f, 0, 0.5f, 1});

  @Test
  void preprocessesEachColour() {
    Fixed backbone = new Fixed();
    new PatchExtractor(SETTINGS, false, 1, LayerUpsampling.NEAREST).extract(backbone, IMAGE);
    assertThat(backbone.seen.values()).containsExactly(0, 204, 0, -51, 0.5f, 1);
  }

  @Test
  void putsTheLayersOfAPlaceBehindEachOther() {
    PatchFeatures patches =
        new PatchExtractor(SETTINGS, false, 1, LayerUpsampling.NEAREST).extract(new Fixed(), IMAGE);
    assertThat(patches.height()).isEqualTo(2);
    assertThat(patches.layers()).containsExactly(1, 2);
    assertThat(patches.vectors().values())
        .containsExactly(9, 9, 90, 18, 9, 90, 27, 9, 90, 36, 9, 90);
  }

  @Test
  void averagesWithZerosOutside() {
    PatchFeatures patches =
        new PatchExtractor(SETTINGS, false, 3, LayerUpsampling.BILINEAR)
            .extract(new Fixed(), IMAGE);
    // All four values lie in every patch's neighbourhood: 90 of nine places.
    assertThat(patches.vectors().values())
        .containsExactly(10, 1, 10, 10, 1, 10, 10, 1, 10, 10, 1, 10);
  }

  @Test
  void bringsEveryLayerToLengthOneFirst() {
    PatchFeatures patches =
        new PatchExtractor(SETTINGS, true, 1, LayerUpsampling.NEAREST).extract(new Fixed(), IMAGE);
    float[] first = Arrays.copyOf(patches.vectors().values(), 3);
    float length = (float) Math.sqrt(9 * 9 + 90 * 90);
    assertThat(first).containsExactly(new float[] {1, 9 / length, 90 / length}, within(1e-6f));
  }

  @Test
  void refusesAnEvenNeighbourhood() {
    assertThatThrownBy(() -> new PatchExtractor(SETTINGS, false, 2, LayerUpsampling.NEAREST))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
