package org.fairspark.detect.padim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.Vectors;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;

class PlaceGaussiansTest {
  private static PatchFeatures image(int places, int dimension, SeededRandom random) {
    float[] values = new float[places * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + i % 7);
    }
    return new PatchFeatures(1, places, List.of(dimension), new Vectors(places, dimension, values));
  }

  private static List<PatchFeatures> images(int n) {
    SeededRandom random = new SeededRandom(1);
    List<PatchFeatures> images = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      images.add(image(3, 5, random));
    }
    return images;
  }

  @Test
  void distanceInTwoDimensionsIsTheOneByHand() {
    // Features (0,0), (2,0), (0,2), (2,2) at one place: mean (1,1), covariance 4/3 on the diagonal.
    List<PatchFeatures> corners = new ArrayList<>();
    for (float[] corner : new float[][] {{0, 0}, {2, 0}, {0, 2}, {2, 2}}) {
      corners.add(new PatchFeatures(1, 1, List.of(2), new Vectors(1, 2, corner)));
    }
    int[] kept = {0, 1};
    PlaceGaussians gaussians = PlaceGaussians.fit(GaussianSums.of(corners, kept), kept);
    float[] distances =
        gaussians.distances(
            new PatchFeatures(1, 1, List.of(2), new Vectors(1, 2, new float[] {4, 1})));
    assertThat((double) distances[0]).isCloseTo(3 / Math.sqrt(4 / 3.0 + 0.01), within(1e-5));
  }

  @Test
  void partsSumToTheWhole() {
    List<PatchFeatures> images = images(9);
    int[] kept = {0, 2, 4};
    GaussianSums parts =
        GaussianSums.of(images.subList(0, 4), kept)
            .add(GaussianSums.of(images.subList(4, 9), kept));
    assertThat(parts.images()).isEqualTo(9);
    float[] whole =
        PlaceGaussians.fit(GaussianSums.of(images, kept), kept).distances(images.get(0));
    float[] merged = PlaceGaussians.fit(parts, kept).distances(images.get(0));
    for (int place = 0; place < whole.length; place++) {
      assertThat(merged[place]).isCloseTo(whole[place], within(1e-4f));
    }
  }

  @Test
  void theModelReadsBackEqual() {
    List<PatchFeatures> images = images(8);
    int[] kept = PlaceGaussians.draw(5, 3, 7);
    assertThat(kept).hasSize(3).isSorted();
    assertThat(PlaceGaussians.draw(5, 9, 7)).containsExactly(0, 1, 2, 3, 4);
    PlaceGaussians gaussians = PlaceGaussians.fit(GaussianSums.of(images, kept), kept);
    assertThat(PlaceGaussians.of(gaussians.model(8)).distances(images.get(3)))
        .isEqualTo(gaussians.distances(images.get(3)));
  }

  @Test
  void refusesAnotherGrid() {
    int[] kept = {0};
    PlaceGaussians gaussians = PlaceGaussians.fit(GaussianSums.of(images(4), kept), kept);
    PatchFeatures other = image(4, 5, new SeededRandom(2));
    assertThatThrownBy(() -> gaussians.distances(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have the size");
  }

  @Test
  void theInverseOfTheFactorIsItsInverse() {
    double[] covariance = {4, 2, 5, 1, 3, 6};
    double[] factor = Triangular.cholesky(covariance.clone(), 3);
    assertThat(factor[0]).isEqualTo(2);
    double[] inverse = Triangular.inverse(factor, 3);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = j; k <= i; k++) {
          sum += factor[i * (i + 1) / 2 + k] * inverse[k * (k + 1) / 2 + j];
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
    assertThatThrownBy(() -> Triangular.cholesky(new double[] {1, 2, 1}, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
