package org.fairspark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {
  @ParameterizedTest
  @CsvSource({
    "639, 800, 1e-4",
    "640, 800, 2e-5",
    "719, 800, 2e-5",
    "720, 800, 4e-6",
    "799, 800, 4e-6",
    // 0.8 x 7 = 5.6 and 0.9 x 7 = 6.3 are rounded to 6: both decays at once
    "5, 7, 1e-4",
    "6, 7, 4e-6",
    "0, 1, 1e-4",
  })
  void thePapersFallsToAFifthAtEachMilestone(int epoch, int epochs, double expected) {
    assertThat(LearningRate.paper(1e-4).at(epoch, epochs))
        .as("rate of epoch %d of %d", epoch, epochs)
        .isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    // the middle of the first of 5 epochs of warm-up is a tenth of it
    "0, 100, 1e-4",
    "4, 100, 9e-4",
    // half-way between 5 and 100 epochs the cosine is zero: half of the base
    "52, 100, 5e-4",
    // (1 + cos(pi * 94.5 / 95)) / 2
    "99, 100, 6.8352e-8",
    // an only epoch has its middle's rate: (1 + cos(pi * 0.45 / 0.95)) / 2
    "0, 1, 5.4129e-4",
  })
  void theCosinesRisesAndFallsToZero(int epoch, int epochs, double expected) {
    assertThat(new LearningRate(1e-3, LearningRate.Schedule.COSINE).at(epoch, epochs))
        .as("rate of epoch %d of %d", epoch, epochs)
        .isCloseTo(expected, within(1e-4 * expected));
  }

  @Test
  void theCosinesIsLargestAfterATwentiethOfTheEpochs() {
    LearningRate rate = new LearningRate(1e-3, LearningRate.Schedule.COSINE);
    assertThat(IntStream.range(0, 7).mapToObj(epoch -> rate.at(epoch, 140))).isSorted();
    assertThat(IntStream.range(7, 140).mapToObj(epoch -> -rate.at(epoch, 140))).isSorted();
    assertThat(rate.at(7, 140)).isGreaterThan(0.999e-3);
  }

  @ParameterizedTest
  @EnumSource(LearningRate.Schedule.class)
  void refusesEpochsThatThereAreNot(LearningRate.Schedule schedule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRate(1e-4, schedule).at(7, 7))
        .withMessageContaining("0..6");
  }
}
