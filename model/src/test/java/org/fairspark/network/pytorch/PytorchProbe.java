package org.fairspark.network.pytorch;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.NetworkProbe;
import org.fairspark.network.graph.GraphSpec;

/** Access for tests to the network's inner values. */
public final class PytorchProbe {
  private PytorchProbe() {}

  /** Returns a trainer on the CPU. */
  public static Trainer trainer(NetworkWeights weights) {
    return PytorchTrainer.of(weights, 2, OptionalInt.empty());
  }

  /** Returns a forward pass in training mode; like any, it moves the running statistics. */
  public static float[] forward(Trainer trainer, float[] input, int n, int height, int width) {
    PytorchTrainer network = (PytorchTrainer) trainer;
    float[] any = new float[n * network.spec().sample(height, width).targets()];
    try (PtNDManager step = network.manager().newSubManager(Device.cpu())) {
      return network.backward(step, input, any, n, height, width).output().toFloatArray();
    }
  }

  /** Returns the gradients of one batch, by tensor name, without a step. */
  public static Map<String, float[]> gradients(
      Trainer trainer, float[] input, float[] target, int n, int height, int width) {
    PytorchTrainer network = (PytorchTrainer) trainer;
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (PtNDManager step = network.manager().newSubManager(Device.cpu())) {
      TrainingPass.Backward done = network.backward(step, input, target, n, height, width);
      for (NetworkSpec.TensorSpec tensor : network.spec().tensors()) {
        if (tensor.trainable()) {
          gradients.put(
              tensor.name(), done.tensors().get(tensor.name()).getGradient().toFloatArray());
        }
      }
    }
    return gradients;
  }

  /**
   * Returns the outputs of a graph in evaluation mode.
   *
   * @param input {@code float[n][inputs]}
   */
  public static List<float[]> evaluate(NetworkWeights weights, float[] input, int n) {
    GraphSpec spec = (GraphSpec) weights.spec();
    try (PtNDManager manager = (PtNDManager) PytorchLibrary.engine().newBaseManager(Device.cpu())) {
      GraphPass pass = new GraphPass(spec, manager);
      TrainedState state = TrainedState.of(manager, weights);
      Map<String, PtNDArray> given = new HashMap<>();
      pass.put(given, manager, spec.inputs(), input, n);
      Map<String, PtNDArray> made =
          pass.forward(manager, state.tensors(manager), given, spec.outputs(), false);
      return spec.outputs().stream().map(output -> made.get(output).toFloatArray()).toList();
    }
  }

  /** Returns the restoration loss of a batch, {@code float[n][3][h][w]}, and its gradients. */
  public static NetworkProbe.LossAndGradients loss(float[] restored, float[] target, int[] shape) {
    PytorchLoss.Result result = compute(UnetSpec.Head.RESTORATION, restored, target, shape);
    float[] total = result.gradient().toFloatArray();
    float[] ssim = new float[total.length];
    for (int i = 0; i < ssim.length; i++) {
      double difference = (double) restored[i] - target[i];
      ssim[i] = (float) (total[i] - 2 * difference / restored.length);
    }
    return new NetworkProbe.LossAndGradients(result.loss(), ssim, total);
  }

  /** Returns the focal loss of a batch; the gradient is written to the array given. */
  static Loss focal(float[] logits, float[] mask, float[] gradient) {
    return loss(UnetSpec.Head.MASK, logits, mask, gradient);
  }

  /** Returns the cross-entropy of a batch; the gradient is written to the array given. */
  static Loss crossEntropy(float[] logits, float[] labels, float[] gradient) {
    return loss(UnetSpec.Head.SOFT_MASK, logits, labels, gradient);
  }

  private static Loss loss(UnetSpec.Head head, float[] logits, float[] target, float[] gradient) {
    int[] shape = {1, 1, 1, logits.length};
    PytorchLoss.Result result = compute(head, logits, target, shape);
    float[] values = result.gradient().toFloatArray();
    System.arraycopy(values, 0, gradient, 0, values.length);
    return result.loss();
  }

  private static PytorchLoss.Result compute(
      UnetSpec.Head head, float[] output, float[] target, int[] shape) {
    PtNDManager manager = (PtNDManager) PytorchLibrary.engine().newBaseManager(Device.cpu());
    long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
    return PytorchLoss.of(head, manager)
        .compute(
            manager,
            PytorchArrays.copy(manager, output, sizes),
            PytorchArrays.copy(manager, target, sizes));
  }
}
