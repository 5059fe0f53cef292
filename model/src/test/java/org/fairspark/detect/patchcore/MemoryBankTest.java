package org.fairspark.detect.patchcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fairspark.features.BackboneSettings;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.Vectors;
import org.junit.jupiter.api.Test;

class MemoryBankTest {
  private static FeatureSettings settings(double coreset, int limit) {
    return new FeatureSettings(
        new BackboneSettings(List.of("a"), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
        coreset,
        limit,
        9,
        100);
  }

  private static MemoryBank bank(float... values) {
    Vectors vectors = new Vectors(values.length, 1, values);
    return MemoryBank.of(PatchBank.whole(vectors, settings(1, 100), 1).model());
  }

  private static PatchFeatures patches(float... values) {
    return new PatchFeatures(1, values.length, List.of(1), new Vectors(values.length, 1, values));
  }

  @Test
  void theScoreIsTheFarthestPatchWeightedByItsNeighbours() {
    // Patch 5 is farthest: 1 from 4. Its support of two is 4 and 2, at distances 1 and 3.
    MemoryBank.Distances found = bank(0, 2, 4).compare(patches(0.5f, 5, 2), 2);
    assertThat(found.distances()).containsExactly(0.5f, 1, 0);
    assertThat((double) found.score()).isCloseTo(1 - Math.E / (Math.E + Math.exp(3)), within(1e-6));
  }

  @Test
  void oneNeighbourWeightsNothing() {
    assertThat(bank(0, 2, 4).compare(patches(0.5f, 5, 2), 1).score()).isEqualTo(1);
  }

  @Test
  void largeDistancesDoNotOverflow() {
    assertThat((double) bank(0, 2000).compare(patches(5000), 2).score())
        .isCloseTo(3000, within(1e-3));
  }

  @Test
  void aBankOfFewerPatchesThanWeightAScoreIsDoubtful() {
    Vectors all = new Vectors(500, 1, new float[500]);
    assertThat(PatchBank.whole(all, settings(0.01, 100), 1).doubt(settings(0.01, 100)))
        .hasValue(
            "the memory bank holds 5 of 500 patches, fewer than method.neighbours = 9: give a"
                + " larger method.coreset (0.01 now) or more training images");
    assertThat(PatchBank.whole(all, settings(0.018, 100), 1).doubt(settings(0.018, 100)))
        .as("as many as weight it")
        .isEmpty();
  }

  @Test
  void keepsTheShareAndTheLimit() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Vectors all = new Vectors(1000, 1, values);
    assertThat(PatchBank.whole(all, settings(0.05, 100), 1).coreset().vectors().count())
        .isEqualTo(50);
    assertThat(PatchBank.whole(all, settings(0.5, 100), 1).coreset().vectors().count())
        .isEqualTo(100);
    PatchBank part = PatchBank.part(all, settings(0.05, 100), 1);
    assertThat(part.coreset().vectors().count()).as("twice the share").isEqualTo(100);
    PatchBank merged = PatchBank.merge(List.of(part, part), settings(0.05, 1000), true);
    assertThat(merged.patches()).isEqualTo(2000);
    assertThat(merged.coreset().vectors().count()).isEqualTo(100);
  }

  @Test
  void refusesAnotherBackbone() {
    PatchFeatures two = new PatchFeatures(1, 1, List.of(2), new Vectors(1, 2, new float[] {1, 2}));
    assertThatThrownBy(() -> bank(0, 1).compare(two, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another backbone");
  }
}
