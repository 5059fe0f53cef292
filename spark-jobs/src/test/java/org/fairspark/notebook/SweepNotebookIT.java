package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares a small sweep. Needs the jar: runs after {@code package}. With {@code
 * -Dfair.notebooks.sweep=FOLDER} that sweep's output is read instead, for outputs worth committing.
 */
class SweepNotebookIT {
  private static final String NAME = "03-comparing-a-sweep.ipynb";

  @TempDir private Path scratch;

  @BeforeEach
  void needFonts() {
    Fonts.assume();
  }

  @Test
  void comparesASweep() throws Exception {
    String given = System.getProperty("fair.notebooks.sweep");
    String output = given == null ? scratch.resolve("out").toString() : given;
    if (given == null) {
      DemoDataset.Written data =
          DemoDataset.write(scratch.resolve("data"), 3, new DemoDataset.Size(64, 4, 3, 1));
      SubmitScript.Ended ended =
          new SubmitScript()
              .run(
                  "sweep",
                  "--conf",
                  "sweeps/filters.conf",
                  "--set",
                  "data.root=" + data.dataRoot(),
                  "--set",
                  "output.root=" + output,
                  "--set",
                  "sweep.repetitions=2",
                  "--set",
                  "image.size=32",
                  "--set",
                  "filter.cutoff=8",
                  "--set",
                  "model.width=2",
                  "--set",
                  "training.epochs=1",
                  "--set",
                  "corruption.variants=1");
      assertThat(ended.code()).as("%s", ended).isZero();
    }

    NotebookFile executed = Notebooks.runBuilt(NAME, Map.of("FAIR_SWEEP", output), scratch);

    Notebooks.requireCommittedWithOutputs(NAME, executed);
    if (given != null) {
      return;
    }
    assertThat(Notebooks.printed(executed))
        .as("every cell of the sweep, with its runs")
        .containsPattern("\\|IHPF *\\|2 *\\|\\d *\\|")
        .containsPattern("\\|2-BHPF *\\|2 *\\|\\d *\\|")
        .contains("image AUROC against ");
  }
}
