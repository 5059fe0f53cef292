package org.fairspark.network.pytorch;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.UnetSpec;

/**
 * A U-Net that PyTorch trains, on the CPU or on a GPU.
 *
 * <p>Gradients are collected by PyTorch's switch for the calling thread. DJL's own {@code
 * GradientCollector} allows one at a time in the whole process, and tasks train side by side.
 *
 * <p>Source: paper sections 3.3 and 4.3, with the numbers of the reference code.
 */
public final class PytorchTrainer implements Trainer {
  private final UnetSpec spec;
  private final int threads;
  private final PtNDManager manager;
  private final UnetForward forward;
  private final PytorchLoss loss;
  private final Staging inputs = new Staging();
  private final Staging targets = new Staging();
  private TrainedState state;
  private boolean closed;

  private PytorchTrainer(UnetSpec spec, int threads, Device device) {
    this.spec = spec;
    this.threads = threads;
    this.manager = (PtNDManager) PytorchLibrary.engine().newBaseManager(device);
    this.forward = new UnetForward(spec, manager);
    this.loss = PytorchLoss.of(spec.head(), manager);
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
  public UnetSpec spec() {
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
      Backward backward = backward(step, input, target, n, height, width);
      state.adam(state.gradients(backward.tensors()), learningRate);
      return backward.loss();
    }
  }

  /**
   * The result of a forward and a backward pass.
   *
   * @param output of the network
   * @param tensors with their gradients
   */
  record Backward(Loss loss, PtNDArray output, Map<String, PtNDArray> tensors) {}

  /** Computes the gradients of a batch; like any forward pass, it moves the running statistics. */
  Backward backward(PtNDManager step, float[] input, float[] target, int n, int height, int width) {
    if (n * height * width == UnetSpec.SIZE_MULTIPLE * UnetSpec.SIZE_MULTIPLE) {
      throw new IllegalArgumentException(
          "PyTorch cannot normalize the one value that an image of %d x %d leaves of each channel; take larger images or batches"
              .formatted(height, width));
    }
    Map<String, PtNDArray> tensors = state.tensors(step);
    PtNDArray in = inputs.put(step, input, n, spec.inputChannels(), height, width);
    PtNDArray wanted = targets.put(step, target, n, spec.head().channels(), height, width);
    PtNDArray output;
    JniUtils.setGradMode(true);
    try {
      output = forward.run(in, tensors);
    } finally {
      JniUtils.setGradMode(false);
    }
    PytorchLoss.Result result = loss.compute(step, output, wanted);
    JniUtils.backward(output, result.gradient(), false, false);
    return new Backward(result.loss(), output, tensors);
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
