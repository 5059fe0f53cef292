package org.fairspark.network.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.network.Loss;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.Port;

/** A step's forward and backward pass through a {@link GraphSpec}, with its loss. */
final class GraphPass implements TrainingPass {
  private final GraphSpec spec;
  private final PytorchUpsample upsample;
  private final Map<String, Staging> staged = new HashMap<>();

  /**
   * Makes the pass of a network.
   *
   * @param manager of what it keeps from step to step
   */
  GraphPass(GraphSpec spec, PtNDManager manager) {
    this.spec = spec;
    this.upsample = new PytorchUpsample(manager);
  }

  @Override
  public Backward run(
      PtNDManager step,
      Map<String, PtNDArray> tensors,
      float[] input,
      float[] target,
      int n,
      int height,
      int width) {
    Map<String, PtNDArray> given = new HashMap<>();
    put(given, step, spec.inputs(), input, n);
    put(given, step, spec.targets(), target, n);
    PtNDArray loss;
    JniUtils.setGradMode(true);
    try {
      loss = forward(step, tensors, given, List.of(spec.loss()), true).get(spec.loss());
    } finally {
      JniUtils.setGradMode(false);
    }
    double value = PytorchArrays.value(loss);
    PtNDArray one = (PtNDArray) step.ones(loss.getShape(), DataType.FLOAT32);
    JniUtils.backward(loss, one, false, false);
    return new Backward(new Loss(value, 0), loss, tensors);
  }

  /**
   * Runs layers.
   *
   * @param training whether batches are normalized by their own statistics
   * @return all that was needed, by name
   */
  Map<String, PtNDArray> forward(
      PtNDManager step,
      Map<String, PtNDArray> tensors,
      Map<String, PtNDArray> given,
      Collection<String> wanted,
      boolean training) {
    return spec.run(new PytorchGraph(step, tensors, upsample, training), given, wanted);
  }

  /** Puts a batch's inputs or targets, which lie sample by sample, on the device one by one. */
  void put(
      Map<String, PtNDArray> given, PtNDManager step, List<Port> ports, float[] values, int n) {
    int sample = values.length / n;
    int from = 0;
    for (Port port : ports) {
      int length = port.values();
      float[] own = values;
      if (length != sample) {
        own = new float[n * length];
        for (int i = 0; i < n; i++) {
          System.arraycopy(values, i * sample + from, own, i * length, length);
        }
      }
      from += length;
      given.put(
          port.name(),
          staged
              .computeIfAbsent(port.name(), name -> new Staging())
              .put(step, own, shape(n, port.shape())));
    }
  }

  static long[] shape(long n, List<Integer> sample) {
    List<Long> shape = new ArrayList<>(List.of(n));
    sample.forEach(length -> shape.add(length.longValue()));
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
