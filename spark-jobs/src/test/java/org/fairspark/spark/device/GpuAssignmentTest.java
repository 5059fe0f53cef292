package org.fairspark.spark.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;

class GpuAssignmentTest {
  @Test
  void readsSparksAddresses() {
    assertThat(GpuAssignment.of(Map.of("gpu", resource("gpu", "3", "1"))).indexes())
        .containsExactly(3, 1);
    assertThat(GpuAssignment.of(Map.of("fpga", resource("fpga", "f1"))).isEmpty()).isTrue();
  }

  @Test
  void refusesAddressesThatAreNoNumbers() {
    assertThatThrownBy(() -> GpuAssignment.of(Map.of("gpu", resource("gpu", "GPU-5a1b"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GPU-5a1b");
  }

  @Test
  void cudaCountsOnlyWhatItSees() {
    GpuAssignment third = new GpuAssignment(List.of(2));

    assertThat(third.ordinal(null)).as("CUDA sees all").isEqualTo(2);
    assertThat(third.ordinal("")).isEqualTo(2);
    assertThat(third.ordinal("2,3")).isEqualTo(0);
    assertThat(third.ordinal("1, 2")).isEqualTo(1);
    assertThatThrownBy(() -> third.ordinal("0,1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Spark gave GPU 2, but CUDA_VISIBLE_DEVICES is '0,1'");
  }

  @Test
  void tasksTakeTheGpusOfTheirExecutorInTurns() {
    GpuAssignment two = new GpuAssignment(List.of(4, 5));
    assertThat(two.inTurn(0).indexes()).containsExactly(4);
    assertThat(two.inTurn(7).indexes()).containsExactly(5);
    assertThat(new GpuAssignment(List.of()).inTurn(1).isEmpty()).isTrue();
  }

  @Test
  void aGpuIsDividedAmongTheTasksThatCoresAllow() {
    assertThat(GpuStages.part(8, 1)).as("8 tasks, a GPU").isEqualTo(0.125);
    assertThat(GpuStages.part(8, 3)).as("8 tasks, 3 GPUs").isEqualTo(1 / 3.0);
    assertThat(GpuStages.part(1, 4)).as("a task, 4 GPUs").isEqualTo(1);
    assertThat(GpuStages.part(0, 1)).as("no task known yet").isEqualTo(1);
  }

  @Test
  void nothingGivenHasNoOrdinal() {
    assertThatThrownBy(() -> new GpuAssignment(List.of()).ordinal(null))
        .isInstanceOf(IllegalStateException.class);
  }

  private static ResourceInformation resource(String name, String... addresses) {
    return new ResourceInformation(name, addresses);
  }
}
