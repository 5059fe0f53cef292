package org.fairspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CategoryRuleTest {
  private static final Set<String> MODELS = Set.of("bottle", "grid");

  @Test
  void theFirstFolderNamedAsAModelTells() {
    CategoryRule rule = new CategoryRule(null, null, MODELS, "archive");
    assertThat(rule.of("2026/grid/bottle/1.png")).hasValue("grid");
    assertThat(rule.of("x/pack.tar!/bottle/1.png")).hasValue("bottle");
    assertThat(rule.of("grid.png")).as("a file is no folder").isEmpty();
    assertThat(rule.of("Grid/1.png")).isEmpty();
  }

  @Test
  void aPatternTells() {
    CategoryRule rule =
        new CategoryRule(null, Pattern.compile("line\\d+-(\\w+)/"), MODELS, "archive");
    assertThat(rule.of("line7-grid/1.png")).hasValue("grid");
    assertThat(rule.of("line7-nut/1.png")).as("no model of it").isEmpty();
    assertThat(rule.of("grid/1.png")).isEmpty();
  }

  @Test
  void theRootTellsWhereNothingBelowItDoes() {
    CategoryRule rule = new CategoryRule(null, null, MODELS, "bottle");
    assertThat(rule.of("1.png")).hasValue("bottle");
    assertThat(rule.of("grid/1.png")).hasValue("grid");
  }

  @Test
  void oneForAll() {
    assertThat(new CategoryRule("grid", null, MODELS, "archive").of("bottle/1.png"))
        .hasValue("grid");
  }
}
