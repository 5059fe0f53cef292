package org.fairspark.network.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.network.AdamConstants;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;

/**
 * Everything that training changes, on the device: trainable values in one array, so that Adam is a
 * few operations instead of a dozen for each of 90 tensors; running statistics in another; both
 * moments.
 */
final class TrainedState {
  /** DJL's number for gradients that are not clipped. */
  private static final float UNCLIPPED = -1;

  private final PtNDManager manager;
  private final NetworkSpec spec;
  private final List<NetworkSpec.TensorSpec> tensors;
  private final PtNDArray trainable;
  private final PtNDArray statistics;
  private final PtNDArray first;
  private final PtNDArray second;
  private long iteration;

  private TrainedState(
      PtNDManager manager,
      NetworkWeights start,
      PtNDArray trainable,
      PtNDArray statistics,
      PtNDArray first,
      PtNDArray second) {
    this.manager = manager;
    this.spec = start.spec();
    this.tensors = spec.tensors();
    this.trainable = trainable;
    this.statistics = statistics;
    this.first = first;
    this.second = second;
    this.iteration = start.iteration();
  }

  /** Copies weights to the device of a manager, which is closed with the state. */
  static TrainedState of(PtNDManager manager, NetworkWeights start) {
    NetworkSpec spec = start.spec();
    float[] trainable = new float[spec.parameterCount()];
    float[] statistics = new float[spec.stateLength() - spec.parameterCount()];
    int learnt = 0;
    int counted = 0;
    for (NetworkSpec.TensorSpec tensor : spec.tensors()) {
      int length = tensor.length();
      if (tensor.trainable()) {
        System.arraycopy(start.parameters(), tensor.offset(), trainable, learnt, length);
        learnt += length;
      } else {
        System.arraycopy(start.parameters(), tensor.offset(), statistics, counted, length);
        counted += length;
      }
    }
    return new TrainedState(
        manager,
        start,
        PytorchArrays.copy(manager, trainable, trainable.length),
        PytorchArrays.copy(manager, statistics, statistics.length),
        moment(manager, start.firstMoment(), trainable.length),
        moment(manager, start.secondMoment(), trainable.length));
  }

  private static PtNDArray moment(PtNDManager manager, float[] values, int length) {
    return values.length > 0
        ? PytorchArrays.copy(manager, values, length)
        : (PtNDArray) manager.zeros(new Shape(length), DataType.FLOAT32);
  }

  /**
   * Returns the tensors for one step, by their names and in their order: views of the state, the
   * trainable ones ready to collect gradients.
   */
  Map<String, PtNDArray> tensors(PtNDManager step) {
    PtNDArray learnt = PytorchArrays.within(step, trainable);
    PtNDArray counted = PytorchArrays.within(step, statistics);
    Map<String, PtNDArray> views = new LinkedHashMap<>();
    int statistic = 0;
    for (NetworkSpec.TensorSpec tensor : tensors) {
      int from = tensor.trainable() ? tensor.momentOffset() : statistic;
      long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
      PtNDArray values =
          JniUtils.slice(tensor.trainable() ? learnt : counted, 0, from, from + tensor.length(), 1);
      // Detached once more: a view of an array collects no gradients of its own.
      PtNDArray view = JniUtils.detachGradient(JniUtils.reshape(values, shape));
      if (tensor.trainable()) {
        JniUtils.attachGradient(view, true);
      } else {
        statistic += tensor.length();
      }
      views.put(tensor.name(), view);
    }
    return views;
  }

  /** Returns the gradients that a step's tensors collected, in the order of the moments. */
  PtNDArray gradients(Map<String, PtNDArray> views) {
    List<PtNDArray> parts = new ArrayList<>();
    for (NetworkSpec.TensorSpec tensor : tensors) {
      if (tensor.trainable()) {
        PtNDArray gradient = JniUtils.getGradient(views.get(tensor.name()));
        parts.add(JniUtils.reshape(gradient, new long[] {-1}));
      }
    }
    return JniUtils.cat(parts.toArray(new PtNDArray[0]), 0);
  }

  /**
   * Does a step of Adam as PyTorch's own optimizer does it: its epsilon is added to the
   * bias-corrected root. DJL's native step adds it to the raw one and takes the corrections as
   * numbers, so both are scaled here.
   */
  void adam(PtNDArray gradients, double learningRate) {
    iteration++;
    AdamConstants adam = spec.adam();
    double root = Math.sqrt(1 - Math.pow(adam.beta2(), (double) iteration));
    double corrected = learningRate * root / (1 - Math.pow(adam.beta1(), (double) iteration));
    JniUtils.adamUpdate(
        trainable,
        gradients,
        first,
        second,
        (float) learningRate,
        (float) corrected,
        (float) adam.weightDecay(),
        1,
        UNCLIPPED,
        (float) adam.beta1(),
        (float) adam.beta2(),
        (float) (AdamConstants.EPSILON * root),
        false);
  }

  /** Returns a copy on the Java heap. */
  NetworkWeights weights() {
    float[] learnt = trainable.toFloatArray();
    float[] counted = statistics.toFloatArray();
    float[] parameters = new float[spec.stateLength()];
    int statistic = 0;
    for (NetworkSpec.TensorSpec tensor : tensors) {
      int length = tensor.length();
      if (tensor.trainable()) {
        System.arraycopy(learnt, tensor.momentOffset(), parameters, tensor.offset(), length);
      } else {
        System.arraycopy(counted, statistic, parameters, tensor.offset(), length);
        statistic += length;
      }
    }
    return new NetworkWeights(
        spec, parameters, first.toFloatArray(), second.toFloatArray(), iteration);
  }

  /** Frees the device's memory. */
  void close() {
    manager.close();
  }
}
