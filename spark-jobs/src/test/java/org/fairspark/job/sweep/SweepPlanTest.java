package org.fairspark.job.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.fairspark.JobCall;
import org.fairspark.config.ConfigException;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.spark.LazySpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPlanTest {
  private static final Path RIVALS =
      Path.of(System.getProperty("fair.repository", "..")).resolve("conf/sweeps/rivals.conf");

  @TempDir private Path folder;

  private FairConfig config(String... more) {
    List<String> settings = new ArrayList<>();
    settings.add("data.root=" + folder);
    settings.add("output.root=" + folder.resolve("out"));
    settings.add("corruption.textures=/dtd");
    settings.addAll(List.of(more));
    return ConfigLoader.load(List.of(RIVALS), settings);
  }

  @Test
  void methodsShareImagesOfAReductionAndThoseWithoutNetworksNeedNoSamples() {
    SweepPlan plan = SweepPlan.of(config("method.backbone=/b.onnx", "method.layers=[a]"));
    assertThat(plan.lines())
        .contains(
            "2 tables of images for 11 runs",
            "4 sets of corrupted images for 4 runs",
            "4 tables of samples for 4 runs",
            "11 trainings for 11 runs",
            "780 epochs of training for every category in all");
    assertThat(plan.trials().stream().map(Trial::models).distinct()).hasSize(11);
    assertThat(plan.trials().stream().map(Trial::id).distinct()).hasSize(11);
    int[] parameters = plan.trials().stream().mapToInt(Trial::parameters).toArray();
    assertThat(parameters[1]).as("both networks of DRAEM").isGreaterThan(2 * parameters[0] - 9999);
    assertThat(parameters[7]).as("PatchCore trains none").isZero();
  }

  @Test
  void aCellThatLacksItsBackboneIsRefusedBeforeAnyIsRun() {
    assertThatThrownBy(() -> JobCall.plan(new SweepJob(), config()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("method.backbone");
  }

  @Test
  void cellThatCannotBeTrainedHereIsToldOfBeforeAnyIsRun() {
    LazySpark none =
        new LazySpark(
            () -> new SparkConf(false).setMaster("local[1]"),
            conf -> {
              throw new IllegalStateException("a plan needs no Spark for this");
            });
    SweepPlan plan =
        SweepPlan.of(
            config("method.backbone=/b.onnx", "method.layers=[a, b]", "training.engine=dl4j"));
    assertThat(plan.groups().stream().flatMap(g -> SweepJob.untrainable(g, none).stream()).toList())
        .containsExactly(
            "CutPaste cannot be trained here: training.engine=dl4j cannot train the network of"
                + " method.kind=cutpaste: PyTorch alone can; leave it at auto",
            "Patch-SVDD cannot be trained here: training.engine=dl4j cannot train the network of"
                + " method.kind=patchsvdd: PyTorch alone can; leave it at auto",
            "InTra cannot be trained here: training.engine=dl4j cannot train the network of"
                + " method.kind=intra: PyTorch alone can; leave it at auto",
            "RD4AD cannot be trained here: training.engine=dl4j cannot train the network of"
                + " method.kind=rd4ad: PyTorch alone can; leave it at auto",
            "AST cannot be trained here: training.engine=dl4j cannot train the network of"
                + " method.kind=ast: PyTorch alone can; leave it at auto");
  }
}
