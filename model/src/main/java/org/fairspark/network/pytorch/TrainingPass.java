package org.fairspark.network.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Map;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.graph.GraphSpec;

/** A forward and a backward pass of a network in training. */
interface TrainingPass {
  /**
   * The result of a forward and a backward pass.
   *
   * @param output what was differentiated: a U-Net's output, or a graph's loss
   * @param tensors with their gradients
   */
  record Backward(Loss loss, PtNDArray output, Map<String, PtNDArray> tensors) {}

  /**
   * Computes the gradients of a batch; like any forward pass, it moves the running statistics.
   *
   * @param step manager of all that is made
   * @param tensors of {@link TrainedState#tensors}
   * @param input of {@link org.fairspark.network.Trainer#step}, checked
   */
  Backward run(
      PtNDManager step,
      Map<String, PtNDArray> tensors,
      float[] input,
      float[] target,
      int n,
      int height,
      int width);

  /**
   * Returns the passes of a network.
   *
   * @param manager of what they keep from step to step
   * @throws IllegalArgumentException if networks of this kind are unknown here
   */
  static TrainingPass of(NetworkSpec spec, PtNDManager manager) {
    if (spec instanceof UnetSpec unet) {
      return new UnetPass(unet, manager);
    }
    if (spec instanceof GraphSpec graph) {
      return new GraphPass(graph, manager);
    }
    throw new IllegalArgumentException("PyTorch cannot train " + spec);
  }
}
