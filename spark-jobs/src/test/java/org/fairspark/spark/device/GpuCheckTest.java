package org.fairspark.spark.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.fairspark.spark.device.GpuCheck.ComputePlace;
import org.fairspark.spark.device.GpuCheck.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuCheckTest {
  private static final GpuCheck CUDA = new GpuCheck(true);
  private static final GpuCheck CPU = new GpuCheck(false);

  @ParameterizedTest
  @CsvSource({
    "3.5, NOWHERE",
    "3.7, GPU",
    "6.1, GPU",
    "7.5, GPU",
    "8.6, GPU",
    "8.9, GPU",
    "9.0, NOWHERE",
    "10.0, NOWHERE",
    "12.0, NOWHERE"
  })
  void buildForGpusRunsFromKeplerToAda(String capability, ComputePlace place) {
    assertThat(CUDA.check(one(gpu(capability, "535.161.08", 8000)), List.of(0)).place())
        .isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource({
    "450.80.02, GPU",
    "450.80.03, GPU",
    "450.51.06, NOWHERE",
    "418.40.04, NOWHERE",
    "510.39, GPU"
  })
  void driverMustKnowCuda11(String driver, ComputePlace place) {
    assertThat(CUDA.check(one(gpu("8.0", driver, 8000)), List.of(0)).place()).isEqualTo(place);
  }

  @Test
  void saysWhatItFoundWhatItDoesAndWhatToDo() {
    assertThat(CUDA.check(one(gpu("8.6", "535.1", 8000)), List.of(0)))
        .isEqualTo(
            new Verdict(
                ComputePlace.GPU,
                "GPU 0 Some GPU (sm_86, driver 535.1, 8000 of 9000 MiB free): computing with CUDA;"
                    + " nothing to do"));
    assertThat(CPU.check(one(gpu("9.0", "550.1", 8000)), List.of(0)))
        .isEqualTo(
            new Verdict(
                ComputePlace.CPU,
                "GPU 0 Some GPU (sm_90, driver 550.1, 8000 of 9000 MiB free), too new for the build"
                    + " for GPUs, which ends at sm_89: computing on the CPU; to do: train on the"
                    + " CPU, on an older GPU or by PyTorch (FAIR_PROFILES=pytorch-gpu); ONNX"
                    + " Runtime can score on this one"));
  }

  @Test
  void buildForCpusAlwaysComputes() {
    assertThat(CPU.check(none(""), List.of()).line())
        .isEqualTo("no GPU: computing on the CPU; nothing to do");
    assertThat(CPU.check(one(gpu("8.6", "535.1", 8000)), List.of(0)).line())
        .endsWith("but this build is for CPUs: computing on the CPU; to do: build with -Pcuda");
    assertThat(CPU.check(one(gpu("8.6", "535.1", 8000)), List.of()).place())
        .isEqualTo(ComputePlace.CPU);
  }

  @Test
  void buildForGpusComputesNowhereWithoutOne() {
    assertThat(CUDA.check(none("no nvidia-smi on the path"), List.of()).place())
        .isEqualTo(ComputePlace.NOWHERE);
    assertThat(CUDA.check(none("no nvidia-smi on the path"), List.of(2)).line())
        .startsWith("Spark gave GPU 2, but no nvidia-smi on the path: this build cannot compute");
    assertThat(CUDA.check(one(gpu("8.6", "535.1", 8000)), List.of(2)).line())
        .startsWith("Spark gave GPU 2, but nvidia-smi lists [0]");
  }

  @Test
  void fullGpuIsNotUsed() {
    Verdict verdict = CUDA.check(one(gpu("8.6", "535.1", 700)), List.of(0));

    assertThat(verdict.place()).isEqualTo(ComputePlace.NOWHERE);
    assertThat(verdict.line()).contains("700 of 9000 MiB free", "at least 1536 MiB needed");
  }

  @ParameterizedTest
  @CsvSource({
    "3.5, 570.1, CPU",
    "7.0, 570.1, CPU",
    "7.5, 570.1, GPU",
    "8.9, 535.1, GPU",
    "9.0, 535.1, GPU",
    "9.0, 520.1, CPU",
    "10.0, 570.1, GPU",
    "12.0, 570.1, GPU"
  })
  void pytorchRunsFromTuringOn(String capability, String driver, ComputePlace place) {
    GpuCheck check = GpuCheck.ofPytorch(Optional.empty());
    assertThat(check.check(one(gpu(capability, driver, 8000)), List.of(0)).place())
        .isEqualTo(place);
  }

  @Test
  void saysWhatPytorchLacks() {
    assertThat(
            GpuCheck.ofPytorch(Optional.of("install it"))
                .check(one(gpu("9.0", "550.1", 8000)), List.of(0))
                .line())
        .endsWith("without a PyTorch for it: computing on the CPU; to do: install it");
    assertThat(
            GpuCheck.ofPytorch(Optional.empty())
                .check(one(gpu("9.0", "550.1", 8000)), List.of(0))
                .line())
        .endsWith(": training by PyTorch with CUDA; nothing to do");
  }

  private static Gpu gpu(String capability, String driver, long freeMib) {
    return new Gpu(0, "Some GPU", driver, ComputeCapability.parse(capability), 9000, freeMib);
  }

  private static NvidiaSmi.Listing one(Gpu gpu) {
    return new NvidiaSmi.Listing(List.of(gpu), "");
  }

  private static NvidiaSmi.Listing none(String problem) {
    return new NvidiaSmi.Listing(List.of(), problem);
  }
}
