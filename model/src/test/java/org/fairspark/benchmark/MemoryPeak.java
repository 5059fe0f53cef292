package org.fairspark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainingEngine;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxRestorer;
import org.fairspark.network.pytorch.PytorchTrainer;

/**
 * The memory that this process takes for training or restoring, as the operating system reports it,
 * beside {@link MemoryEstimate}. Linux only.
 *
 * <p>{@code mvn -pl model test-compile exec:exec
 * -Dbenchmark.main=org.fairspark.benchmark.MemoryPeak -Dbenchmark="train 32 256 8"}: the work
 * (train, pytorch, onednn, onnx or dl4j), width, size and batch.
 */
public final class MemoryPeak {
  private MemoryPeak() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] args) throws IOException {
    String[] words = String.join(" ", args).trim().split(" +", -1);
    int width = Integer.parseInt(words[1]);
    int size = Integer.parseInt(words[2]);
    int n = Integer.parseInt(words[3]);
    UnetSpec shape = new UnetSpec(1, width, true);
    NetworkWeights state = NetworkWeights.initial(shape, 1);
    float[] input = Images.noise(1, size, 1).values();
    float[] inputs = new float[n * input.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(input, 0, inputs, i * input.length, input.length);
    }
    // The libraries are loaded by something small; the heap is fixed by -Xms = -Xmx.
    work(words[0], NetworkWeights.initial(new UnetSpec(1, 1, true), 1), new float[1024], 1, 32);
    System.gc();
    long before = peak();
    work(words[0], state, inputs, n, size);
    long taken = peak() - before;
    MemoryEstimate need =
        switch (words[0]) {
          case "train" -> MemoryEstimate.ofTraining(TrainingEngine.DL4J, shape, n, size, size);
          case "pytorch" -> MemoryEstimate.ofTraining(TrainingEngine.PYTORCH, shape, n, size, size);
          default ->
              MemoryEstimate.ofRestoring(
                  InferenceEngine.valueOf(words[0].toUpperCase(Locale.ROOT)), shape, n, size, size);
        };
    System.out.printf(
        "%s width %d size %d batch %d: predicted %d MB, taken %d MB, process %d MB%n",
        words[0], width, size, n, need.totalBytes() >> 20, taken >> 20, peak() >> 20);
  }

  private static void work(String what, NetworkWeights state, float[] inputs, int n, int size) {
    if (what.equals("onednn") && OneDnnRestorer.unsuitable(state.unet()).isEmpty()) {
      try (OneDnnRestorer oneDnn = OneDnnRestorer.of(state, 1)) {
        oneDnn.restore(inputs, n, size, size);
        oneDnn.restore(inputs, n, size, size);
      }
      return;
    }
    if (what.equals("onnx")) {
      try (OnnxRestorer onnx = OnnxRestorer.open(OnnxExport.bytes(state, Map.of()), 1)) {
        onnx.restore(inputs, n, size, size);
        onnx.restore(inputs, n, size, size);
      }
      return;
    }
    if (what.equals("pytorch")) {
      try (PytorchTrainer network = PytorchTrainer.of(state, 1, OptionalInt.empty())) {
        for (int i = 0; i < 2; i++) {
          network.step(inputs, new float[3 * inputs.length], n, size, size, 1e-4);
        }
      }
      return;
    }
    try (Dl4jTrainer network = Dl4jTrainer.of(state, 1)) {
      for (int i = 0; i < 2; i++) {
        if (what.equals("train")) {
          network.step(inputs, new float[3 * inputs.length], n, size, size, 1e-4);
        } else {
          network.restore(inputs, n, size, size);
        }
      }
    }
  }

  private static long peak() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IOException("/proc/self/status has no VmHWM");
  }
}
