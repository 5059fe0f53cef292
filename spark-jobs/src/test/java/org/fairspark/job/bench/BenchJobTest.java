package org.fairspark.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.JobCall;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.JobResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchJobTest {
  @TempDir private Path folder;

  private FairConfig config() {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "output.root=" + folder.resolve("out"),
            "image.size=48 x 32",
            "image.reduction=area-scaled-jpeg",
            "model.width=2",
            "corruption.recipe=nsa",
            "training.workers=2",
            "training.batch-size=2",
            "evaluation.batch-size=2",
            "evaluation.smoothing=5",
            "bench.seconds=0.01",
            "bench.source-size=64"));
  }

  @Test
  void picturesAreDecodedAndReducedAsJobsDo() {
    assertThat(BenchPlan.of(config()).frame()).isEqualTo(config().image().frame());
    assertThat(BenchPlan.of(config()).lines().get(0))
        .endsWith("from files of 64 x 64 by area-scaled-jpeg");
    assertThat(BenchPlan.of(config().with("image.tiles", "true")).lines().get(0))
        .as("where the reduction has no effect")
        .endsWith("from files of 64 x 64 by bilinear");
  }

  @Test
  void everyStageIsMeasuredAndTheFileSaysWhatTheTableSays() throws Exception {
    JobResult result = JobCall.run(new BenchJob(), config());
    assertThat(result.status()).as("status").isEqualTo(ExitStatus.DONE);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/bench.json").toFile());
    assertThat(json.get("settings").get("reduction").asText()).isEqualTo("area-scaled-jpeg");
    List<String> names = new ArrayList<>();
    for (JsonNode stage : json.get("stages")) {
      names.add(stage.get("stage").asText());
      assertThat(stage.get("seconds").asDouble()).as(names + "").isPositive();
      assertThat(stage.get("samples").asInt()).as("samples of %s", names).isPositive();
    }
    assertThat(names)
        .as("stages")
        .contains(
            "decode PNG",
            "decode JPEG",
            "resize",
            "filter butterworth",
            "filter gaussian",
            "filter ideal",
            "filter sobel",
            "filter none",
            "filter gray",
            "corrupt: clean",
            "corrupt: cut paste",
            "corrupt: perlin texture",
            "corrupt: nsa",
            "corrupt: nsa and perlin texture",
            "training sample",
            "anomaly function",
            "metrics",
            "restore by ONNX Runtime",
            "restore by DL4J",
            "training step",
            "write images/",
            "read images/",
            "write samples/",
            "write maps/");
    for (String phase : List.of("prepare", "train", "score")) {
      JsonNode estimate = json.get("estimate").get(phase);
      assertThat(estimate.get("seconds").asDouble()).as("seconds of " + phase).isPositive();
      assertThat(estimate.get("stages").has(estimate.get("bound_by").asText()))
          .as("the bound of %s is one of its stages", phase)
          .isTrue();
    }
    assertThat(json.get("averaging")).as("averaging of 1, 8, 32, 128 workers").hasSize(4);
    assertThat(String.join("\n", result.summary()))
        .contains("the whole is bound by " + json.get("estimate").get("bound_by").asText())
        .contains(names);
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files).as("nothing but the file is left").hasSize(1);
    }
  }

  @Test
  void aDryRunMeasuresNothing() throws Exception {
    assertThat(JobCall.plan(new BenchJob(), config()).summary()).as("summary").hasSize(2);
    assertThat(folder.resolve("out")).as("output").doesNotExist();
  }
}
