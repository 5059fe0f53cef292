package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fairspark.JobCall;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.failure.ExitStatus;
import org.fairspark.job.sweep.SweepJob;
import org.fairspark.runtime.JobResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every variant of the method from image files to figures: a sweep over a small data set made from
 * code, so short that a variant only shows that it learns and finds something.
 */
class VariantsTest {
  /** Of those that need a second network, which finds something late, and share the first. */
  private static final String LONGER = "training.epochs = 30";

  private static final List<String> VARIANTS =
      List.of(
          "{ name = ideal, filter.kind = ideal }",
          "{ name = gaussian, filter.kind = gaussian }",
          "{ name = butterworth, filter.kind = butterworth, " + LONGER + " }",
          "{ name = order 3, filter.order = 3 }",
          "{ name = sobel x, filter.kind = sobel, filter.axes = x }",
          "{ name = sobel y, filter.kind = sobel, filter.axes = y }",
          "{ name = sobel xy 5, filter.kind = sobel, filter.kernel = 5 }",
          "{ name = DeAE, filter.kind = none }",
          "{ name = DeAEnoskip, filter.kind = none, model.skips = false }",
          "{ name = ColorRe, filter.kind = gray }",
          "{ name = no extra data, corruption.textures = none }",
          "{ name = nsa, corruption.recipe = nsa }",
          "{ name = no corruption, corruption.recipe = none }",
          "{ name = MSGMS, evaluation.color-weight = 0, " + LONGER + " }",
          "{ name = Co, evaluation.gradient = false, " + LONGER + " }",
          "{ name = Dis, evaluation.function = discriminative, " + LONGER + " }",
          "{ name = DRAEM, method.kind = draem, corruption.recipe = textures, filter.kind = none,"
              + " model.skips = false, "
              + LONGER
              + " }",
          "{ name = RIAD, method.kind = riad, corruption.recipe = cells, filter.kind = none,"
              + " evaluation.color-weight = 0, evaluation.scales = 4 }",
          "{ name = NSA, method.kind = nsa, corruption.recipe = patches, filter.kind = none, "
              + LONGER
              + " }",
          "{ name = wide, model.width = 6 }");

  @TempDir private static Path folder;
  private static JobResult result;
  private static final Map<String, JsonNode> runs = new TreeMap<>();

  @BeforeAll
  static void sweep() throws Exception {
    DemoDataset.Written data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 6, 3));
    FairConfig config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data.dataRoot(),
                "data.categories=[weave]",
                "corruption.textures=" + data.textures(),
                "output.root=" + folder.resolve("sweep"),
                "image.size=64",
                "filter.cutoff=10",
                "corruption.variants=4",
                "model.width=4",
                "training.epochs=16",
                "training.batch-size=4",
                "training.learning-rate=3e-3",
                "evaluation.smoothing=9",
                "sweep.cells=[" + String.join(", ", VARIANTS) + "]"));
    result = JobCall.run(new SweepJob(), config);
    for (JsonNode run :
        new ObjectMapper().readTree(folder.resolve("sweep/sweep.json").toFile()).get("runs")) {
      runs.put(run.get("cell").asText(), run);
    }
  }

  @Test
  void everyVariantRuns() {
    assertThat(result.status()).as("%s", result.summary()).isEqualTo(ExitStatus.DONE);
    assertThat(runs).hasSize(VARIANTS.size());
    runs.forEach(
        (name, run) ->
            assertThat(run.get("images_per_second").asDouble()).as("rate of " + name).isPositive());
    assertThat(runs.get("wide").get("parameters").asInt())
        .as("parameters, wide against narrow")
        .isGreaterThan(2 * runs.get("butterworth").get("parameters").asInt());
  }

  @Test
  void everyLossFalls() throws Exception {
    int models = 0;
    try (var files = Files.walk(folder.resolve("sweep/shared"))) {
      for (Path file : files.filter(f -> f.endsWith("loss.csv")).toList()) {
        List<String> lines = Files.readAllLines(file);
        double first = Double.parseDouble(lines.get(1).split(",")[2]);
        double last = Double.parseDouble(lines.get(lines.size() - 1).split(",")[2]);
        assertThat(last).as("last loss of %s against %s", file, first).isLessThan(0.8 * first);
        assertThat(file.resolveSibling("model.onnx")).exists();
        models++;
      }
    }
    assertThat(models)
        .as("models: MSGMS and Co need none of their own, Dis and DRAEM a second")
        .isEqualTo(19);
  }

  @Test
  void everyVariantFindsThePlantedDefectsBetterThanChance() {
    // Chance covers regions as it covers the rest: half of the limit, 0.15 of the area.
    runs.forEach(
        (name, run) ->
            assertThat(run.get("mean").get("aupro").asDouble())
                .as("AUPRO of %s, among %s", name, figures())
                .isGreaterThan(0.25));
  }

  private static Map<String, String> figures() {
    Map<String, String> figures = new TreeMap<>();
    runs.forEach((name, run) -> figures.put(name, run.get("mean").toString()));
    return figures;
  }
}
