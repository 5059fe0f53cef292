package org.fairspark.network.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.backend.OneDnn;

/**
 * A restorer by oneDNN's primitives one after another, without a graph around them ({@link
 * OneDnnInference}): the fastest way on processors with AVX-512. Equal to the network that was
 * trained but for rounding.
 *
 * <p>Not for several threads at a time. Close it when done.
 */
public final class OneDnnRestorer implements Restorer {
  private final NetworkWeights weights;
  private final int threads;
  private OneDnnInference inference;

  private OneDnnRestorer(NetworkWeights weights, int threads) {
    this.weights = weights;
    this.threads = threads;
  }

  /**
   * Prepares a trained network.
   *
   * @param threads native threads of each batch, at least 1, whichever thread calls
   * @throws IllegalStateException if it cannot be used here: see {@link #unsuitable}
   */
  public static OneDnnRestorer of(NetworkWeights weights, int threads) {
    Optional<String> reason = unsuitable(weights.unet());
    if (reason.isPresent()) {
      throw new IllegalStateException("oneDNN cannot restore here: " + reason.get());
    }
    return new OneDnnRestorer(weights, threads);
  }

  /** Returns the reason why oneDNN cannot restore networks of this architecture here, if any. */
  public static Optional<String> unsuitable(UnetSpec spec) {
    NativeBackend.initialize();
    if (OneDnn.unavailable() != null) {
      return Optional.of("oneDNN cannot be loaded: " + OneDnn.unavailable());
    }
    if (dnnl.dnnl_get_effective_cpu_isa() < dnnl.dnnl_cpu_isa_avx512_core) {
      return Optional.of("the processor has no AVX-512");
    }
    if (spec.width() % OneDnnInference.BLOCK != 0) {
      return Optional.of(
          "the network's width, %d, is not a multiple of %d"
              .formatted(spec.width(), OneDnnInference.BLOCK));
    }
    return Optional.empty();
  }

  @Override
  public float[] restore(float[] input, int n, int height, int width) {
    UnetSpec.checkBatch("input", input, n, weights.unet().inputChannels(), height, width);
    NativeBackend.useThreads(threads);
    if (inference == null || !inference.fits(n, height, width)) {
      close();
      inference = new OneDnnInference(weights, n, height, width);
    }
    return inference.run(input);
  }

  /** Frees native memory; it may be used again. */
  @Override
  public void close() {
    if (inference != null) {
      inference.close();
      inference = null;
    }
  }
}
