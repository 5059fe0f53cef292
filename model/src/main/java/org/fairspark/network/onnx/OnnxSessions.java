package org.fairspark.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.OptionalInt;

/** Sessions of ONNX Runtime, all with the same settings. */
final class OnnxSessions {
  private OnnxSessions() {}

  /**
   * A network of a session.
   *
   * @param <N> the network, which closes the session
   */
  interface Reader<N> {
    /**
     * Reads what the file says of its inputs and outputs.
     *
     * @throws IllegalArgumentException if they are not those of such a network
     */
    N read(OrtSession session) throws OrtException;
  }

  /**
   * Prepares a file.
   *
   * @param threads how many may work on one batch
   * @param gpu CUDA's number of the GPU; empty for the CPU
   * @throws IllegalArgumentException if ONNX Runtime cannot open the file, or it is no such network
   * @throws IllegalStateException if ONNX Runtime is {@link OnnxRestorer#unavailable}, or cannot
   *     use the GPU
   */
  static <N> N open(byte[] file, int threads, OptionalInt gpu, Reader<N> reader) {
    OrtSession session = session(file, threads, gpu);
    try {
      return reader.read(session);
    } catch (OrtException e) {
      close(session);
      throw new IllegalArgumentException(
          "the file's inputs and outputs cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  private static OrtSession session(byte[] file, int threads, OptionalInt gpu) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    OnnxRestorer.unavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException("ONNX Runtime cannot be loaded: " + reason);
            });
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (gpu.isPresent()) {
        addCuda(options, gpu.getAsInt());
      }
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Threads that wait busily are welcome within a batch, not between batches.
      options.addConfigEntry("session.force_spinning_stop", "1");
      return OrtEnvironment.getEnvironment().createSession(file, options);
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime cannot open the file: " + e.getMessage(), e);
    }
  }

  /**
   * Has a session compute on a GPU: in float32, and with the algorithms that rules choose. Measured
   * ones, the library's default, may be others in each session, and round differently.
   */
  private static void addCuda(OrtSession.SessionOptions options, int gpu) {
    if (!OnnxRestorer.hasCuda()) {
      throw new IllegalStateException(
          "GPU %d is asked for, and this build's ONNX Runtime is for CPUs only: build with"
                  .formatted(gpu)
              + " FAIR_PROFILES=onnx-gpu (Maven profile onnx-gpu)");
    }
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
      cuda.add("use_tf32", "0");
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      options.addCUDA(cuda);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime cannot use GPU %d: %s; install CUDA 12 and cuDNN 9 on this machine"
              .formatted(gpu, e.getMessage()),
          e);
    }
  }

  /**
   * Makes an input, in memory outside of the heap, which ONNX Runtime does not copy.
   *
   * @param values in row-major order
   * @throws OrtException if the shape does not fit
   */
  static OnnxTensor tensor(float[] values, long[] shape) throws OrtException {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(values)
            .rewind();
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape);
  }

  /** Frees a session's native memory. */
  static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close", e);
    }
  }
}
