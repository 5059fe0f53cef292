package org.fairspark.spark.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
  @TempDir Path folder;

  @Test
  void readsEveryGpuOfTheMachine() {
    assertThat(
            NvidiaSmi.parse(
                """
                0, NVIDIA A100-SXM4-40GB, 535.161.08, 40960, 40326, 8.0
                1, Tesla K80, 470.256.02, 11441, 11438, 3.7
                """))
        .containsExactly(
            new Gpu(
                0,
                "NVIDIA A100-SXM4-40GB",
                "535.161.08",
                new ComputeCapability(8, 0),
                40960,
                40326),
            new Gpu(1, "Tesla K80", "470.256.02", new ComputeCapability(3, 7), 11441, 11438));
  }

  @Test
  void readsUnknownValuesAsUnknown() {
    assertThat(NvidiaSmi.parse("0, NVIDIA H100 MIG, 550.54.14, [N/A], [N/A], [N/A]"))
        .containsExactly(new Gpu(0, "NVIDIA H100 MIG", "550.54.14", null, 0, 0));
  }

  @Test
  void namesTheLineThatIsNotUnderstood() {
    assertThatThrownBy(() -> NvidiaSmi.parse("0, GPU, 535.1, 100, 90, 8.0\nNo devices were found"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No devices were found");
    assertThatThrownBy(() -> NvidiaSmi.parse("0, GPU, 535.1, much, 90, 8.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("much");
  }

  @Test
  void machineWithoutTheToolHasNoGpus() {
    NvidiaSmi.Listing found = NvidiaSmi.ask(folder.resolve("none").toString());

    assertThat(found.gpus()).isEmpty();
    assertThat(found.problem()).isEqualTo("no nvidia-smi on the path");
  }

  @Test
  void toolInTroubleIsQuoted() throws IOException {
    NvidiaSmi.Listing found =
        NvidiaSmi.ask(tool("echo \"couldn't communicate with the NVIDIA driver\"; exit 9"));

    assertThat(found.gpus()).isEmpty();
    assertThat(found.problem())
        .isEqualTo("nvidia-smi ended with 9: couldn't communicate with the NVIDIA driver");
  }

  @Test
  void olderToolIsAskedAgainWithoutTheCapability() throws IOException {
    String old =
        """
        case "$*" in
          *compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2;;
        esac
        echo '0, Tesla P4, 418.40.04, 7611, 7600'
        """;

    assertThat(NvidiaSmi.ask(tool(old)).gpus())
        .containsExactly(new Gpu(0, "Tesla P4", "418.40.04", null, 7611, 7600));
  }

  private String tool(String script) throws IOException {
    Path tool = folder.resolve("nvidia-smi");
    Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    return tool.toString();
  }
}
