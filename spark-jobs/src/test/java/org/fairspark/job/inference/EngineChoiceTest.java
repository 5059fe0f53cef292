package org.fairspark.job.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.fairspark.network.InferenceEngine;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  @Test
  void whatWasAskedForIsTakenWhereItCanBe() {
    for (InferenceEngine engine : InferenceEngine.values()) {
      assertThat(EngineChoice.of(engine))
          .as("on this machine")
          .isEqualTo(new EngineChoice(engine, Optional.empty()));
    }
  }

  @Test
  void dl4jStandsInWhereOnnxRuntimeDoesNotLoadAndSaysWhy() {
    EngineChoice choice =
        EngineChoice.of(InferenceEngine.ONNX, Optional.of("libc is too old"), false);
    assertThat(choice.engine()).as("engine").isEqualTo(InferenceEngine.DL4J);
    assertThat(choice.instead().orElseThrow())
        .as("message")
        .contains("libc is too old", "evaluation.engine=dl4j");
    assertThat(EngineChoice.of(InferenceEngine.DL4J, Optional.of("libc is too old"), true))
        .as("nothing to say to one who asked for DL4J")
        .isEqualTo(new EngineChoice(InferenceEngine.DL4J, Optional.empty()));
  }

  @Test
  void aBuildForGpusRestoresOnThem() {
    EngineChoice choice = EngineChoice.of(InferenceEngine.ONNX, Optional.empty(), true);
    assertThat(choice.engine()).as("engine").isEqualTo(InferenceEngine.DL4J);
    assertThat(choice.instead().orElseThrow()).as("message").contains("for CPUs only");
  }
}
