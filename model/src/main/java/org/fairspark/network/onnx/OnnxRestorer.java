package org.fairspark.network.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;

/**
 * A network of either head by ONNX Runtime: faster than the network that was trained, equal to it
 * but for rounding. Several threads may use one; close it when all are done.
 */
public final class OnnxRestorer implements Restorer {
  /** Libraries that ONNX Runtime's builds for GPUs alone hold, of all systems that have them. */
  private static final List<String> CUDA_LIBRARIES =
      List.of(
          "ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so",
          "ai/onnxruntime/native/win-x64/onnxruntime_providers_cuda.dll");

  /** The setting of ONNX Runtime that has it take its libraries from a folder. */
  private static final String LIBRARY_FOLDER = "onnxruntime.native.path";

  private final OrtSession session;
  private final int inputChannels;
  private final int outputChannels;

  /** The library, which is unpacked and loaded when it is first asked for. */
  private static final class Library {
    static final String UNAVAILABLE = load();

    private Library() {}

    private static String load() {
      try {
        OrtEnvironment.getEnvironment();
        return null;
      } catch (RuntimeException | LinkageError e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
          cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
      }
    }
  }

  /** Returns why the native library does not load in this process; empty if it does. */
  public static Optional<String> unavailable() {
    return Optional.ofNullable(Library.UNAVAILABLE);
  }

  /**
   * Returns whether this build's ONNX Runtime computes on NVIDIA GPUs. The library is loaded only
   * where it may be one for GPUs.
   */
  public static boolean hasCuda() {
    return isForCuda()
        && Library.UNAVAILABLE == null
        && OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  private static boolean isForCuda() {
    ClassLoader loader = OnnxRestorer.class.getClassLoader();
    return System.getProperty(LIBRARY_FOLDER) != null
        || CUDA_LIBRARIES.stream().anyMatch(name -> loader.getResource(name) != null);
  }

  private OnnxRestorer(OrtSession session) throws OrtException {
    this.session = session;
    NodeInfo input = session.getInputInfo().get(OnnxExport.INPUT);
    Optional<UnetSpec.Head> head =
        Arrays.stream(UnetSpec.Head.values())
            .filter(h -> session.getOutputNames().equals(Set.of(OnnxExport.output(h))))
            .findFirst();
    if (input == null || head.isEmpty()) {
      throw new IllegalArgumentException(
          "not a network as it is exported here: input %s and output %s, but %s and %s"
              .formatted(
                  OnnxExport.INPUT,
                  Arrays.stream(UnetSpec.Head.values())
                      .map(OnnxExport::output)
                      .collect(Collectors.joining(" or ")),
                  session.getInputNames(),
                  session.getOutputNames()));
    }
    this.inputChannels = (int) ((TensorInfo) input.getInfo()).getShape()[1];
    this.outputChannels = head.get().channels();
  }

  /**
   * Prepares a file that {@link OnnxExport} wrote, for the CPU.
   *
   * @param threads how many may work on one batch
   * @throws IllegalArgumentException if it is no such file
   * @throws IllegalStateException if ONNX Runtime is {@link #unavailable}
   */
  public static OnnxRestorer open(byte[] file, int threads) {
    return open(file, threads, OptionalInt.empty());
  }

  /**
   * Prepares a file for a GPU.
   *
   * @param gpu CUDA's number of the GPU; empty for the CPU
   */
  public static OnnxRestorer open(byte[] file, int threads, OptionalInt gpu) {
    return OnnxSessions.open(file, threads, gpu, OnnxRestorer::new);
  }

  /** Returns the file's metadata. */
  public Map<String, String> metadata() {
    try {
      return Map.copyOf(session.getMetadata().getCustomMetadata());
    } catch (OrtException e) {
      throw new IllegalStateException("the file's metadata cannot be read", e);
    }
  }

  @Override
  public float[] restore(float[] input, int n, int height, int width) {
    UnetSpec.checkBatch("input", input, n, inputChannels, height, width);
    long[] shape = {n, inputChannels, height, width};
    try (OnnxTensor in = OnnxSessions.tensor(input, shape);
        OrtSession.Result result = session.run(Map.of(OnnxExport.INPUT, in))) {
      OnnxTensor out = (OnnxTensor) result.get(0);
      float[] restored = new float[n * outputChannels * height * width];
      out.getFloatBuffer().get(restored);
      return restored;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  /** Frees native memory. */
  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
