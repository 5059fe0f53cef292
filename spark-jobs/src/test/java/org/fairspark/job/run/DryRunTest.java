package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.JobCall;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.job.manifest.ManifestJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.sweep.SweepJob;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dry runs in one process: they say what a running Spark has them say, and start none. */
class DryRunTest {
  @TempDir Path folder;

  @BeforeEach
  void images() throws IOException {
    for (String file :
        List.of("train/good/1.png", "train/good/2.png", "test/good/3.png", "test/cut/4.png")) {
      Path path = folder.resolve("data/pin").resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
    Files.createDirectories(folder.resolve("textures"));
    Files.writeString(folder.resolve("textures/cloth.png"), "x");
  }

  private FairConfig config(String... settings) {
    List<String> all = new ArrayList<>();
    all.add("data.root=" + folder.resolve("data"));
    all.add("corruption.textures=" + folder.resolve("textures"));
    all.add("output.root=" + folder.resolve("out"));
    all.add("image.size=32");
    all.add("model.width=2");
    all.addAll(List.of(settings));
    return ConfigLoader.load(List.of(), all);
  }

  private static void expectAlike(Job<?, ?> job, FairConfig config) throws Exception {
    JobResult without = JobCall.planWithoutSpark(job, config);
    assertThat(without.summary())
        .as("the plan of " + job.getClass().getSimpleName())
        .isNotEmpty()
        .isEqualTo(JobCall.plan(job, config).summary());
  }

  @Test
  void plansOfTheWholeRunAndItsPartsNeedNoSpark() throws Exception {
    expectAlike(new RunJob(), config());
    expectAlike(new RunJob(), config("training.workers=2", "training.threads=auto"));
    expectAlike(new PrepareJob(), config());
    expectAlike(new SweepJob(), config("sweep.grid={\"filter.kind\": [butterworth, none]}"));
    expectAlike(new ManifestJob(), config());
    assertThat(folder.resolve("out")).as("what a dry run writes").doesNotExist();
  }
}
