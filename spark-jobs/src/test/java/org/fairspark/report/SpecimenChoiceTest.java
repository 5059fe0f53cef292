package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.fairspark.report.Specimen.Role;
import org.fairspark.report.SpecimenChoice.Candidate;
import org.junit.jupiter.api.Test;

class SpecimenChoiceTest {
  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate("good/0", "good", false, 0.10),
          new Candidate("good/1", "good", false, 0.20),
          new Candidate("good/2", "good", false, 0.60),
          new Candidate("hole/0", "hole", true, 0.90),
          new Candidate("hole/1", "hole", true, 0.80),
          new Candidate("stain/0", "stain", true, 0.70),
          new Candidate("stain/1", "stain", true, 0.15));

  @Test
  void showsTheClearestOfEachKindTheMostMisleadingAndOthers() {
    Map<String, Role> chosen = SpecimenChoice.of(CANDIDATES, 2, OptionalDouble.empty(), 1);
    assertThat(ids(chosen, Role.BEST))
        .as("best: kinds take turns")
        .containsExactly("hole/0", "stain/0");
    // stain/1 lies below 2 of 3 normal images, good/2 above 1 of 4 anomalous ones.
    assertThat(ids(chosen, Role.WORST)).containsExactly("stain/1", "good/2");
    assertThat(ids(chosen, Role.RANDOM)).hasSize(2).isSubsetOf("good/0", "good/1", "hole/1");
  }

  @Test
  void orderOfInputDoesNotMatter() {
    List<Candidate> shuffled = new ArrayList<>(CANDIDATES);
    Collections.reverse(shuffled);
    assertThat(SpecimenChoice.of(shuffled, 2, OptionalDouble.empty(), 1))
        .isEqualTo(SpecimenChoice.of(CANDIDATES, 2, OptionalDouble.empty(), 1));
  }

  @Test
  void takesWhatThereIs() {
    assertThat(SpecimenChoice.of(List.of(), 3, OptionalDouble.empty(), 1)).isEmpty();
    assertThat(SpecimenChoice.of(CANDIDATES.subList(0, 2), 3, OptionalDouble.empty(), 1))
        .as("normal images only, none misleading")
        .containsOnlyKeys("good/0", "good/1")
        .doesNotContainValue(Role.WORST);
    assertThat(SpecimenChoice.of(CANDIDATES, 50, OptionalDouble.empty(), 1))
        .as("all, each once")
        .hasSize(7);
  }

  private static List<String> ids(Map<String, Role> chosen, Role role) {
    return chosen.entrySet().stream()
        .filter(e -> e.getValue() == role)
        .map(Map.Entry::getKey)
        .toList();
  }
}
