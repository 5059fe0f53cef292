package org.fairspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable("category", "train", "n").row("nut", 6, 12).row("cable", 7, 3);
    assertThat(table.lines())
        .containsExactly(
            "category  train   n", //
            "nut           6  12",
            "cable         7   3");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new TextTable("a", "b").row(1))
        .hasMessageContaining("1 cells in a table of 2 columns");
  }
}
