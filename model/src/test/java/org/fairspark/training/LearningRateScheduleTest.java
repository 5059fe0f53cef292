package org.fairspark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {
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
  void fallsToAFifthAtEachMilestone(int epoch, int epochs, double expected) {
    assertThat(LearningRateSchedule.at(1e-4, epoch, epochs))
        .as("rate of epoch %d of %d", epoch, epochs)
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void refusesEpochsThatThereAreNot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearningRateSchedule.at(1e-4, 7, 7))
        .withMessageContaining("0..6");
  }
}
