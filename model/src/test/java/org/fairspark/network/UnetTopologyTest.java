package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.network.UnetTopology.Convolution;
import org.fairspark.network.UnetTopology.SkipAdd;
import org.fairspark.network.UnetTopology.Step;
import org.junit.jupiter.api.Test;

/**
 * The wiring itself. That the engines follow it: {@code UnetGraphTest} for DL4J, {@code OnnxTest}
 * for the file, {@code OneDnnRestorerTest} for oneDNN, whose restorations are those of DL4J.
 */
class UnetTopologyTest {
  @Test
  void isTheReferenceCodesNetwork() {
    List<String> lines = new ArrayList<>();
    for (Step step : UnetTopology.of(new UnetSpec(1, 16, true)).steps()) {
      String in = step instanceof Convolution c ? c.unit().in() + " -> " : "";
      String from = step instanceof SkipAdd add ? " + " + add.from() : "";
      lines.add(
          "%s%s: %s%d, level %d".formatted(step.name(), from, in, step.channels(), step.level()));
    }
    assertThat(lines)
        .containsExactly(
            "encoder.block1.0: 1 -> 16, level 1",
            "encoder.block1.3: 16 -> 16, level 1",
            "encoder.mp1: 16, level 2",
            "encoder.block2.0: 16 -> 32, level 2",
            "encoder.block2.3: 32 -> 32, level 2",
            "encoder.mp2: 32, level 3",
            "encoder.block3.0: 32 -> 64, level 3",
            "encoder.block3.3: 64 -> 64, level 3",
            "encoder.mp3: 64, level 4",
            "encoder.block4.0: 64 -> 128, level 4",
            "encoder.block4.3: 128 -> 128, level 4",
            "encoder.mp4: 128, level 5",
            "encoder.block5.0: 128 -> 128, level 5",
            "encoder.block5.3: 128 -> 128, level 5",
            "decoder.up1.0: 128, level 4",
            "decoder.up1.1: 128 -> 128, level 4",
            "decoder.skip1 + encoder.block4.3: 128, level 4",
            "decoder.db1.0: 128 -> 128, level 4",
            "decoder.db1.3: 128 -> 64, level 4",
            "decoder.up2.0: 64, level 3",
            "decoder.up2.1: 64 -> 64, level 3",
            "decoder.skip2 + encoder.block3.3: 64, level 3",
            "decoder.db2.0: 64 -> 64, level 3",
            "decoder.db2.3: 64 -> 32, level 3",
            "decoder.up3.0: 32, level 2",
            "decoder.up3.1: 32 -> 32, level 2",
            "decoder.skip3 + encoder.block2.3: 32, level 2",
            "decoder.db3.0: 32 -> 32, level 2",
            "decoder.db3.3: 32 -> 16, level 2",
            "decoder.up4.0: 16, level 1",
            "decoder.up4.1: 16 -> 16, level 1",
            "decoder.skip4 + encoder.block1.3: 16, level 1",
            "decoder.db4.0: 16 -> 16, level 1",
            "decoder.db4.3: 16 -> 16, level 1",
            "decoder.fin_out.0: 16 -> 3, level 1");
  }

  @Test
  void withoutSkipsOnlyTheSumsAreMissing() {
    List<Step> with = new ArrayList<>(UnetTopology.of(new UnetSpec(2, 4, true)).steps());
    with.removeIf(SkipAdd.class::isInstance);
    UnetTopology without = UnetTopology.of(new UnetSpec(2, 4, false));
    assertThat(without.steps()).isEqualTo(with);
    assertThat(without.skipSources()).isEmpty();
  }

  /** As they were counted before the estimate was made from the steps. */
  @Test
  void theMemoryOfTrainingIsThatOfItsSteps() {
    assertThat(
            MemoryEstimate.ofTraining(TrainingEngine.DL4J, new UnetSpec(1, 16, true), 8, 64, 128))
        .isEqualTo(new MemoryEstimate(30293808, 121626076));
    assertThat(
            MemoryEstimate.ofTraining(TrainingEngine.DL4J, new UnetSpec(2, 4, false), 1, 64, 128))
        .isEqualTo(new MemoryEstimate(1913568, 3623048));
  }
}
