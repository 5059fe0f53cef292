package org.fairspark.network.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PytorchLibraryTest {
  private static final PytorchBuild NONE =
      new PytorchBuild(Optional.empty(), List.of(), Optional.empty());
  private static final PytorchBuild CPU =
      new PytorchBuild(Optional.of("2.7.1"), List.of("cpu"), Optional.of(PytorchBuild.platform()));
  private static final PytorchBuild GPU =
      new PytorchBuild(Optional.of("2.7.1"), List.of("cpu", "cu128"), Optional.empty());

  @TempDir private Path folder;

  private static String obstacle(PytorchBuild build, Map<String, String> environment, boolean gpu) {
    return PytorchLibrary.obstacle(build, environment, gpu)
        .map(PytorchLibrary.Obstacle::line)
        .orElse("none");
  }

  /** Makes the folder torch/lib of a Python installation. */
  private Map<String, String> python(String version) throws IOException {
    Path libraries = Files.createDirectories(folder.resolve(version).resolve("torch/lib"));
    Files.createFile(libraries.resolve(System.mapLibraryName("torch")));
    Files.writeString(
        libraries.resolveSibling("version.py"),
        "from typing import Optional\n\n__version__ = '%s'\ncuda: Optional[str] = '12.8'\n"
            .formatted(version));
    return Map.of("PYTORCH_LIBRARY_PATH", libraries.toString());
  }

  @Test
  void whatTheBuildHoldsIsEnoughForTheCpuAlone() {
    assertThat(obstacle(CPU, Map.of(), false)).as("on the CPU").isEqualTo("none");
    assertThat(obstacle(CPU, Map.of(), true))
        .as("on a GPU")
        .contains("no PyTorch for GPUs", "PYTORCH_LIBRARY_PATH is not set", "PyTorch 2.7.1");
    assertThat(obstacle(NONE, Map.of(), false)).as("without it").contains("-Ppytorch");
    assertThat(obstacle(GPU, Map.of(), false))
        .as("without libraries")
        .contains("not its libraries", "2.7.1 for cpu or cu128");
    PytorchBuild other =
        new PytorchBuild(Optional.of("2.7.1"), List.of(), Optional.of("plan9-mips"));
    assertThat(obstacle(other, Map.of(), false))
        .as("of another platform")
        .contains("PyTorch for plan9-mips", PytorchBuild.platform());
  }

  @Test
  void anInstalledLibraryIsTakenIfItIsOfTheVersion() throws IOException {
    assertThat(obstacle(GPU, python("2.7.1+cu128"), true)).as("for CUDA 12.8").isEqualTo("none");
    assertThat(obstacle(CPU, python("2.7.1"), false)).as("for CPUs").isEqualTo("none");
    assertThat(obstacle(GPU, python("2.7.1+cpu"), true)).as("for CPUs").contains("is for CPUs");
    assertThat(obstacle(GPU, python("2.7.1+cu126"), true))
        .as("for another CUDA")
        .contains("this is PyTorch 2.7.1 for cu126, and this build takes 2.7.1 for cpu or cu128");
    assertThat(obstacle(GPU, python("2.6.0+cu128"), true))
        .as("of another version")
        .contains("this is PyTorch 2.6.0", "2.6.0+cu128/torch/lib", "install that one");
  }

  @Test
  void whatDoesNotTellItsVersionIsNotLoaded() throws IOException {
    Map<String, String> environment = python("2.7.1");
    Path libraries = Path.of(environment.get("PYTORCH_LIBRARY_PATH"));
    Files.delete(libraries.resolveSibling("version.py"));
    assertThat(obstacle(CPU, environment, false))
        .as("neither file")
        .contains("neither version.py nor build-version");
    Files.writeString(libraries.resolveSibling("build-version"), "2.7.1+cpu\n");
    assertThat(obstacle(CPU, environment, false)).as("libtorch's file").isEqualTo("none");
    Files.writeString(libraries.resolveSibling("build-version"), "nightly\n");
    assertThat(obstacle(CPU, environment, false))
        .as("no version")
        .contains("neither version.py nor build-version");
    assertThat(obstacle(CPU, Map.of("PYTORCH_LIBRARY_PATH", folder.toString()), false))
        .as("a folder without the library")
        .contains("there is no " + System.mapLibraryName("torch"));
  }

  @Test
  void variablesThatDjlWouldFetchAnotherOneForAreRefused() {
    assertThat(obstacle(CPU, Map.of("PYTORCH_VERSION", "2.4.0"), false))
        .as("another version")
        .contains("PYTORCH_VERSION=2.4.0", "unset it");
    assertThat(obstacle(CPU, Map.of("PYTORCH_FLAVOR", "cu121"), false))
        .as("another flavor")
        .contains("PYTORCH_FLAVOR=cu121", "unset it");
    assertThat(obstacle(CPU, Map.of("PYTORCH_VERSION", "2.7.1"), false))
        .as("the same version")
        .isEqualTo("none");
  }

  @Test
  void thePrecisionIsThatOfTheEnvironment() {
    assertThat(PytorchLibrary.precision(false, Map.of("NVIDIA_TF32_OVERRIDE", "0"))).isEmpty();
    assertThat(PytorchLibrary.precision(true, Map.of())).isEmpty();
    assertThat(PytorchLibrary.precision(false, Map.of()).orElseThrow().line())
        .contains("would round to TF32", "spark.executorEnv.NVIDIA_TF32_OVERRIDE=0");
    assertThat(
            PytorchLibrary.precision(true, Map.of("NVIDIA_TF32_OVERRIDE", "1"))
                .orElseThrow()
                .line())
        .contains("NVIDIA_TF32_OVERRIDE=1", "unset it");
  }
}
