package org.fairspark.network.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fairspark.network.Loss;
import org.fairspark.network.RestorationLoss;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.ChannelsLast;
import org.fairspark.network.backend.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Access for tests to the network's inner values. */
public final class NetworkProbe {
  private NetworkProbe() {}

  /** The loss and its derivatives by the restoration: of the similarity part, and of the sum. */
  public record LossAndGradients(Loss loss, float[] ssim, float[] total) {}

  public static LossAndGradients loss(float[] restored, float[] target, int h, int w) {
    float[] total = new float[restored.length];
    Loss loss = RestorationLoss.compute(restored, target, h, w, 1, total, 2);
    float[] ssim = new float[restored.length];
    for (int i = 0; i < ssim.length; i++) {
      double difference = (double) restored[i] - target[i];
      ssim[i] = (float) (total[i] - 2 * difference / restored.length);
    }
    return new LossAndGradients(loss, ssim, total);
  }

  public static double dynamicRange(float[] restored) {
    return RestorationLoss.dynamicRange(restored);
  }

  public static float[] window() {
    float[] kernel = RestorationLoss.kernel();
    float[] window = new float[kernel.length * kernel.length];
    for (int i = 0; i < window.length; i++) {
      window[i] = kernel[i / kernel.length] * kernel[i % kernel.length];
    }
    return window;
  }

  /** Returns a forward pass in training mode; like any, it moves the running statistics. */
  public static float[] trainingForward(Dl4jTrainer network, float[] input, int n, int h, int w) {
    INDArray out = network.graph().outputSingle(true, input(network, input, n, h, w));
    return ChannelsLast.toPlanes(HostArrays.get(out), out.shape());
  }

  /** Returns the output of every layer in evaluation mode, by vertex name. */
  public static Map<String, float[]> activations(
      Dl4jTrainer network, float[] input, int n, int h, int w) {
    Map<String, float[]> copies = new LinkedHashMap<>();
    network
        .graph()
        .feedForward(input(network, input, n, h, w), false)
        .forEach(
            (name, array) ->
                copies.put(name, ChannelsLast.toPlanes(HostArrays.get(array), array.shape())));
    return copies;
  }

  /** Returns the gradients of one batch, by tensor name, without a step. */
  public static Map<String, float[]> gradients(
      Dl4jTrainer network, float[] input, float[] target, int n, int h, int w) {
    network.graph().setInputs(input(network, input, n, h, w));
    network.graph().setLabels(ChannelsLast.array(target, n, 3, h, w));
    network.graph().computeGradientAndScore();
    float[] flat = HostArrays.get(network.graph().getFlattenedGradients());
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (UnetSpec.TensorSpec tensor : network.spec().tensors()) {
      if (tensor.trainable()) {
        gradients.put(
            tensor.name(),
            java.util.Arrays.copyOfRange(flat, tensor.offset(), tensor.offset() + tensor.length()));
      }
    }
    return gradients;
  }

  /** Doubles {@code planes} images by bilinear interpolation. */
  public static float[] doubled(float[] image, int planes, int h, int w) {
    return ResampleProbe.doubled(image, planes, h, w);
  }

  private static INDArray input(Dl4jTrainer network, float[] input, int n, int h, int w) {
    return ChannelsLast.array(input, n, network.spec().inputChannels(), h, w);
  }
}
