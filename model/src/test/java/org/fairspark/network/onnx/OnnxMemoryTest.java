package org.fairspark.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.junit.jupiter.api.Test;

/** The memory that ONNX Runtime takes in a long job, and which one it is. */
class OnnxMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Test
  void twentyThousandImagesLeaveTheMemoryAsTheFirstDid() throws Exception {
    assumeThat(STATUS).as("where Linux tells what a process takes").exists();
    // A process of its own, with a heap that is there from the start: what grows is native.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LongJob.class.getName(),
                "20000")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<Integer> mebibytes =
        said.lines()
            .filter(line -> line.startsWith("MiB "))
            .map(line -> Integer.valueOf(line.substring(4)))
            .toList();
    assertThat(mebibytes).as(said).hasSize(LongJob.MARKS + 1);
    assertThat(mebibytes.get(LongJob.MARKS) - mebibytes.get(1))
        .as("MiB that the last nine tenths of the images added: %s", mebibytes)
        .isLessThan(24);
  }

  /** The program that is measured. Argument: images to restore. */
  static final class LongJob {
    static final int MARKS = 10;
    private static final int BATCH = 8;
    private static final int SIDE = 16;

    private LongJob() {}

    public static void main(String[] args) throws IOException {
      int batches = Integer.parseInt(args[0]) / BATCH;
      byte[] file = OnnxExport.bytes(NetworkWeights.initial(new UnetSpec(1, 4, true), 1), Map.of());
      float[] images = noise(BATCH * SIDE * SIDE, 1);
      try (OnnxRestorer onnx = OnnxRestorer.open(file, 1)) {
        for (int batch = 0; batch <= batches; batch++) {
          // No two batches are alike.
          images[batch % images.length] += 1;
          onnx.restore(images, BATCH, SIDE, SIDE);
          if (batch % (batches / MARKS) == 0) {
            System.out.println("MiB " + resident());
          }
        }
      }
    }

    /** Returns the memory of this process that is in use. */
    private static int resident() throws IOException {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void oneOnnxRuntimeIsOnTheClassPath() throws IOException {
    for (String file : List.of("ai/onnxruntime/OrtEnvironment.class", "ai/onnxruntime/native")) {
      List<URL> found = Collections.list(OnnxRestorer.class.getClassLoader().getResources(file));
      assertThat(found).as(file).hasSize(1);
    }
  }
}
