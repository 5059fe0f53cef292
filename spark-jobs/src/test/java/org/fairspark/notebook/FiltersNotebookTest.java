package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiltersNotebookTest {
  private static final String NAME = "01-filters.ipynb";

  @TempDir private Path scratch;

  @Test
  void runsAndGivesWhatItIsCommittedWith() throws Exception {
    Fonts.assume();
    NotebookFile executed = Notebooks.run(NAME, Map.of(), scratch);

    Notebooks.requireCommittedWithOutputs(NAME, executed);
    assertThat(Notebooks.printed(executed))
        .as("printed numbers")
        .isEqualTo(Notebooks.printed(NotebookFile.read(Notebooks.FOLDER.resolve(NAME))))
        .contains("ideal");
  }
}
