package org.fairspark.network.pytorch;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.OptionalInt;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;

/**
 * A network that PyTorch trains, on the CPU or on a GPU: the U-Net, or a graph of layers.
 *
 * <p>Gradients are collected by PyTorch's switch for the calling thread. DJL's own {@code
 * GradientCollector} allows one at a time in the whole process, and tasks train side by side.
 *
 * <p>Source: paper sections 3.3 and 4.3, with the numbers of the reference code.
 */
public final class PytorchTrainer implements Trainer {
  private final NetworkSpec spec;
  private final int threads;
  private final PtNDManager manager;
  private final TrainingPass pass;
  private TrainedState state;
  private boolean closed;

  private PytorchTrainer(NetworkSpec spec, int threads, Device device) {
    this.spec = spec;
    this.threads = threads;
    this.manager = (PtNDManager) PytorchLibrary.engine().newBaseManager(device);
    this.pass = TrainingPass.of(spec, manager);
  }

  /**
   * Returns a network with these weights.
   *
   * @param threads native threads of each of its operations on the CPU, whichever thread calls
   * @param gpu CUDA's number of the GPU to train on; empty: the CPU
   * @throws IllegalArgumentException if threads are below 1
   * @throws IllegalStateException if the library cannot be used here, with what to do
   */
  public static PytorchTrainer of(NetworkWeights weights, int threads, OptionalInt gpu) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    Device device = gpu.isPresent() ? Device.gpu(gpu.getAsInt()) : Device.cpu();
    PytorchTrainer trainer = new PytorchTrainer(weights.spec(), threads, device);
    trainer.load(weights);
    return trainer;
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public void load(NetworkWeights start) {
    checkOpen();
    spec.checkLoad(start);
    if (state != null) {
      state.close();
    }
    state = TrainedState.of(manager.newSubManager(manager.getDevice()), start);
  }

  @Override
  public Loss step(
      float[] input, float[] target, int n, int height, int width, double learningRate) {
    checkOpen();
    spec.checkStep(input, target, n, height, width, learningRate);
    try (PtNDManager step = manager.newSubManager(manager.getDevice())) {
      TrainingPass.Backward backward = backward(step, input, target, n, height, width);
      state.adam(state.gradients(backward.tensors()), learningRate);
      return backward.loss();
    }
  }

  /** Computes the gradients of a batch; like any forward pass, it moves the running statistics. */
  TrainingPass.Backward backward(
      PtNDManager step, float[] input, float[] target, int n, int height, int width) {
    return pass.run(step, state.tensors(step), input, target, n, height, width);
  }

  @Override
  public NetworkWeights weights() {
    checkOpen();
    return state.weights();
  }

  /** Returns the manager of everything that it holds, for tests. */
  PtNDManager manager() {
    return manager;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this network is closed");
    }
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(false);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      manager.close();
    }
  }
}
