package org.fairspark.spark.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.fairspark.submit.SubmitScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code conf/gpu/discover-gpus.sh}, with a stand-in for NVIDIA's tool. */
class DiscoveryScriptTest {
  @TempDir Path folder;

  @Test
  void printsWhatSparkReads() throws Exception {
    tool("printf '0\\n1\\n'");

    assertThat(run(Map.of())).isEqualTo("0 {\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n");
  }

  @Test
  void printsOnlyGpusThatCudaMaySee() throws Exception {
    tool("printf '0\\n1\\n2\\n10\\n'");

    assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", "1,10")))
        .isEqualTo("0 {\"name\": \"gpu\", \"addresses\": [\"1\", \"10\"]}\n");
    assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", "7")))
        .isEqualTo("0 {\"name\": \"gpu\", \"addresses\": []}\n");
    assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", "GPU-1a2b")))
        .startsWith("1 ")
        .contains("'GPU-1a2b', expected numbers");
  }

  @Test
  void machineWithoutTheToolIsTold() throws Exception {
    assertThat(run(Map.of())).startsWith("1 ").contains("no nvidia-smi on the PATH");
  }

  private void tool(String script) throws IOException {
    Path tool = folder.resolve("nvidia-smi");
    Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Returns the exit code and all output. */
  private String run(Map<String, String> environment) throws Exception {
    Path script = SubmitScript.repository().resolve("conf/gpu/discover-gpus.sh");
    ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectErrorStream(true);
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output;
  }
}
