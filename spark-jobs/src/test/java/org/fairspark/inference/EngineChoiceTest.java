package org.fairspark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.fairspark.config.EngineSetting;
import org.fairspark.inference.EngineChoice.Abilities;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.UnetSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineChoiceTest {
  private static final Optional<String> WORKS = Optional.empty();
  private static final Optional<String> NO_AVX = Optional.of("the processor has no AVX-512");
  private static final Optional<String> OLD_LIBC = Optional.of("libc is too old");

  @ParameterizedTest
  @CsvSource({
    // oneDNN, ONNX Runtime, a build for GPUs, its ONNX Runtime too: what is chosen
    "true, true, false, false, ONEDNN",
    "true, false, false, false, ONEDNN",
    "false, true, false, false, ONNX",
    "false, false, false, false, DL4J",
    "true, true, true, false, DL4J",
    "true, true, true, true, ONNX",
    "true, true, false, true, ONNX"
  })
  void autoIsTheFastestQuietly(
      boolean oneDnn, boolean onnx, boolean cuda, boolean onnxCuda, InferenceEngine expected) {
    Abilities abilities =
        new Abilities(oneDnn ? WORKS : NO_AVX, () -> onnx ? WORKS : OLD_LIBC, cuda, onnxCuda);
    EngineChoice choice = EngineChoice.of(EngineSetting.AUTO, abilities);
    assertThat(choice.engine()).isEqualTo(expected);
    assertThat(choice.instead()).isEmpty();
  }

  @Test
  void whatWasAskedForIsTakenWhereItCanBe() {
    Abilities all = new Abilities(WORKS, () -> WORKS, false, false);
    assertThat(EngineChoice.of(EngineSetting.ONEDNN, all).engine())
        .isEqualTo(InferenceEngine.ONEDNN);
    assertThat(EngineChoice.of(EngineSetting.ONNX, all).engine()).isEqualTo(InferenceEngine.ONNX);
    Abilities none = new Abilities(NO_AVX, () -> OLD_LIBC, true, false);
    assertThat(EngineChoice.of(EngineSetting.DL4J, none))
        .as("nothing to say to one who asked for DL4J")
        .isEqualTo(new EngineChoice(InferenceEngine.DL4J, Optional.empty(), List.of()));
  }

  @Test
  void anotherStandsInAndSaysWhy() {
    EngineChoice choice =
        EngineChoice.of(EngineSetting.ONEDNN, new Abilities(NO_AVX, () -> WORKS, false, false));
    assertThat(choice.engine()).isEqualTo(InferenceEngine.ONNX);
    assertThat(choice.instead().orElseThrow())
        .isEqualTo(
            "oneDNN cannot restore here (the processor has no AVX-512): ONNX Runtime restores"
                + " instead; engine=auto chooses quietly");
    choice =
        EngineChoice.of(EngineSetting.ONNX, new Abilities(WORKS, () -> OLD_LIBC, false, false));
    assertThat(choice.engine()).isEqualTo(InferenceEngine.DL4J);
    assertThat(choice.instead().orElseThrow()).contains("libc is too old", "DL4J restores");
  }

  @Test
  void theChoiceSaysWhyNothingFasterWasChosen() {
    assertThat(
            EngineChoice.of(EngineSetting.AUTO, new Abilities(WORKS, () -> OLD_LIBC, false, false))
                .line())
        .isEqualTo("oneDNN restores");
    assertThat(
            EngineChoice.of(EngineSetting.AUTO, new Abilities(NO_AVX, () -> OLD_LIBC, false, false))
                .line())
        .isEqualTo(
            "DL4J restores; not oneDNN (the processor has no AVX-512), not ONNX Runtime (libc is"
                + " too old)");
    assertThat(
            EngineChoice.of(EngineSetting.AUTO, new Abilities(WORKS, () -> WORKS, true, false))
                .line())
        .isEqualTo("DL4J restores; not ONNX Runtime (this build's is for CPUs only)");
  }

  @Test
  void aBuildForGpusRestoresOnThem() {
    EngineChoice choice =
        EngineChoice.of(EngineSetting.ONNX, new Abilities(WORKS, () -> WORKS, true, false));
    assertThat(choice.engine()).as("engine").isEqualTo(InferenceEngine.DL4J);
    assertThat(choice.instead().orElseThrow()).as("message").contains("for CPUs only");
  }

  @Test
  void aNarrowNetworkIsNotForOneDnn() {
    EngineChoice choice = EngineChoice.of(EngineSetting.AUTO, new UnetSpec(1, 8, true));
    assertThat(choice.engine()).as("here").isEqualTo(InferenceEngine.ONNX);
  }

  @Test
  void aNetworkOfMasksIsForOnnxToo() {
    UnetSpec masks = new UnetSpec(6, 8, true, UnetSpec.Head.MASK);
    EngineChoice choice = EngineChoice.of(EngineSetting.ONNX, masks);
    assertThat(choice.engine()).isEqualTo(InferenceEngine.ONNX);
    assertThat(choice.instead()).isEmpty();
    assertThat(EngineChoice.usable(masks))
        .as("a width of 8 is none for oneDNN")
        .containsExactly(InferenceEngine.ONNX, InferenceEngine.DL4J);
  }
}
