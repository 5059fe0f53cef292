package org.fairspark.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  @ParameterizedTest
  @CsvSource({
    "filter.cutof, filter.cutoff",
    "cutoff, filter.cutoff",
    "cutof, filter.cutoff",
    "trainning.epochs, training.epochs",
    "epochs, training.epochs",
    "training_epochs, training.epochs",
    // the right name under another section, or under one where there is none
    "model.epochs, training.epochs",
    "robustness.seed, seed",
    "sede, seed",
    "CUTPASTE, corruption.cutpaste",
  })
  void findsTheNearestSetting(String word, String setting) {
    assertThat(Suggestion.nearest(word, Settings.keys())).contains(setting);
  }

  @ParameterizedTest
  @CsvSource({"robustness.colour", "xyz", "model.zzzz", "learning.wombat"})
  void findsNothingWhereNothingIsNear(String word) {
    assertThat(Suggestion.nearest(word, Settings.keys())).isEmpty();
  }
}
