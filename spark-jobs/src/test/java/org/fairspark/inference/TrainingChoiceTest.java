package org.fairspark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.TrainingConfig;
import org.fairspark.config.TrainingPrecision;
import org.fairspark.failure.FairException;
import org.fairspark.inference.TrainingChoice.Abilities;
import org.fairspark.network.TrainingEngine;
import org.fairspark.network.pytorch.PytorchLibrary.Obstacle;
import org.junit.jupiter.api.Test;

class TrainingChoiceTest {
  private static final Optional<Obstacle> NOTHING = Optional.empty();
  private static final Optional<Obstacle> ABSENT =
      Optional.of(new Obstacle("no library", "here", "install it"));

  private static List<String> unasked() {
    throw new AssertionError("asking takes a stage");
  }

  private static List<String> hopper() {
    return List.of("GPU 0 H200 (sm_90)");
  }

  private static TrainingConfig asking(String... settings) {
    return ConfigLoader.load(List.of(), List.of(settings)).training();
  }

  @Test
  void autoIsDl4jOnCpusWithoutAskingAnybody() {
    for (boolean builtIn : new boolean[] {false, true}) {
      assertThat(
              TrainingChoice.of(
                  asking(),
                  new Abilities(builtIn, false, NOTHING, false, TrainingChoiceTest::unasked)))
          .as("with PyTorch in the build: %s", builtIn)
          .isEqualTo(TrainingChoice.DL4J);
    }
  }

  @Test
  void autoTakesPytorchOnGpusThatDl4jCannotUse() {
    TrainingChoice choice =
        TrainingChoice.of(
            asking(), new Abilities(true, true, ABSENT, false, TrainingChoiceTest::hopper));
    assertThat(choice.engine()).as("on Hopper").isEqualTo(TrainingEngine.PYTORCH);
    assertThat(choice.precision()).as("precision").isEqualTo(TrainingPrecision.FLOAT32);
    assertThat(choice.line())
        .isEqualTo("PyTorch trains, since Deeplearning4j cannot use GPU 0 H200 (sm_90)");
    assertThat(
            TrainingChoice.of(asking(), new Abilities(true, true, ABSENT, false, () -> List.of())))
        .as("on GPUs that it can use")
        .isEqualTo(TrainingChoice.DL4J);
  }

  @Test
  void autoTakesPytorchWhereDl4jHasNoOneDnn() {
    Abilities apple = new Abilities(true, false, NOTHING, true, TrainingChoiceTest::unasked);
    assertThat(TrainingChoice.of(asking(), apple).engine())
        .as("on Apple silicon")
        .isEqualTo(TrainingEngine.PYTORCH);
    assertThat(
            TrainingChoice.of(
                asking(), new Abilities(false, false, ABSENT, true, TrainingChoiceTest::unasked)))
        .as("in a build without")
        .isEqualTo(TrainingChoice.DL4J);
  }

  @Test
  void whatIsAskedForIsTakenOrRefused() {
    Abilities all = new Abilities(true, true, NOTHING, true, TrainingChoiceTest::hopper);
    assertThat(TrainingChoice.of(asking("training.engine=dl4j"), all))
        .isEqualTo(TrainingChoice.DL4J);
    TrainingConfig pytorch = asking("training.engine=pytorch", "training.precision=tf32");
    TrainingChoice choice = TrainingChoice.of(pytorch, all);
    assertThat(choice.engine()).isEqualTo(TrainingEngine.PYTORCH);
    assertThat(choice.precision()).isEqualTo(TrainingPrecision.TF32);
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(
            () ->
                TrainingChoice.of(
                    pytorch,
                    new Abilities(true, false, ABSENT, false, TrainingChoiceTest::unasked)))
        .withMessageContainingAll("no library", "training.engine=pytorch", "install it");
  }

  @Test
  void networksThatAreNoUnetsAreTrainedByPytorchOrNotAtAll() {
    Abilities here = new Abilities(true, false, NOTHING, false, TrainingChoiceTest::unasked);
    TrainingChoice choice = TrainingChoice.ofGraphs("rival", asking(), here);
    assertThat(choice.engine()).isEqualTo(TrainingEngine.PYTORCH);
    assertThat(choice.line()).isEqualTo("PyTorch trains, the one engine for method.kind=rival");
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(() -> TrainingChoice.ofGraphs("rival", asking("training.engine=dl4j"), here))
        .withMessageContainingAll("method.kind=rival", "leave it at auto")
        .withMessageNotContaining("install it");
    Abilities without = new Abilities(false, false, ABSENT, false, TrainingChoiceTest::unasked);
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(() -> TrainingChoice.ofGraphs("rival", asking("training.engine=dl4j"), without))
        .withMessageContaining("leave it at auto, and install it");
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(() -> TrainingChoice.ofGraphs("rival", asking(), without))
        .withMessageContainingAll("no library, and method.kind=rival needs PyTorch", "install it");
  }
}
