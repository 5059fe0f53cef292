package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fairspark.cluster.SparkHome;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads a small run of the demonstration, which Spark 4.2 does and the Spark of the build reads.
 * Needs the jar: runs after {@code package}. With {@code -Dfair.notebooks.run=FOLDER} that run's
 * output is read instead, for outputs worth committing.
 */
class RunNotebookIT {
  private static final String NAME = "02-reading-a-run.ipynb";

  @TempDir private Path scratch;

  @BeforeEach
  void needFonts() {
    Fonts.assume();
  }

  @Test
  void readsARun() throws Exception {
    String given = System.getProperty("fair.notebooks.run");
    String output = given == null ? scratch.resolve("out").toString() : given;
    if (given == null) {
      // Pictures that are there are not made again: these are smaller and fewer than its own.
      Path data = scratch.resolve("out/data");
      DemoDataset.write(data, 3, new DemoDataset.Size(64, 8, 4, 2));
      Files.writeString(data.resolve("_demo_complete"), "");
      SubmitScript.Ended ended =
          new SubmitScript()
              .with("SPARK_HOME", SparkHome.ofSpark42().toString())
              .run(
                  "demo",
                  "--set",
                  "output.root=" + output,
                  "--set",
                  "image.size=32",
                  "--set",
                  "model.width=2",
                  "--set",
                  "training.epochs=2",
                  "--set",
                  "corruption.variants=1");
      assertThat(ended.code()).as("%s", ended).isZero();
    }

    NotebookFile executed = Notebooks.runBuilt(NAME, Map.of("FAIR_OUTPUT", output), scratch);

    Notebooks.requireCommittedWithOutputs(NAME, executed);
    if (given != null) {
      return;
    }
    assertThat(Notebooks.printed(executed))
        .as("the area from ranks is the one in metrics.csv, for both categories")
        .containsPattern("flange +\\|(\\d\\.\\d+) *\\|\\1 *\\|")
        .containsPattern("weave +\\|(\\d\\.\\d+) *\\|\\1 *\\|");
  }
}
