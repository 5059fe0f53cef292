package org.fairspark.network.pytorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.UnetTopology;

/** The steps of {@link UnetTopology} as operations of PyTorch, in training mode. */
final class UnetForward {
  /** Share of the new batch in the running statistics. */
  private static final double MOMENTUM = 0.1;

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape NONE = new Shape(0, 0);

  private final UnetTopology topology;
  private final Set<String> skipSources;
  private final PytorchUpsample upsample;

  /**
   * Makes the network's steps.
   *
   * @param manager of what they keep from step to step
   */
  UnetForward(UnetSpec spec, PtNDManager manager) {
    this.topology = UnetTopology.of(spec);
    this.skipSources = topology.skipSources();
    this.upsample = new PytorchUpsample(manager);
  }

  /**
   * Computes the network's output and moves the running statistics.
   *
   * @param input {@code float[n][inputChannels][height][width]}
   * @param tensors of {@link TrainedState#tensors}
   * @return {@code float[n][head channels][height][width]}
   */
  PtNDArray run(PtNDArray input, Map<String, PtNDArray> tensors) {
    Map<String, PtNDArray> kept = new HashMap<>();
    PtNDArray x = input;
    for (UnetTopology.Step step : topology.steps()) {
      if (step instanceof UnetTopology.Convolution convolution) {
        x = convolution(x, convolution.unit(), tensors);
        if (skipSources.contains(step.name())) {
          kept.put(step.name(), x);
        }
      } else if (step instanceof UnetTopology.MaxPool) {
        x = JniUtils.maxPool(x, TWO, TWO, NONE, false);
      } else if (step instanceof UnetTopology.Upsample) {
        x = upsample.run(x);
      } else if (step instanceof UnetTopology.SkipAdd add) {
        x = JniUtils.add(x, kept.get(add.from()));
      }
    }
    return x;
  }

  private static PtNDArray convolution(
      PtNDArray x, UnetSpec.Unit unit, Map<String, PtNDArray> tensors) {
    PtNDArray convolved =
        JniUtils.convolution(
            x,
            tensors.get(unit.convolution() + ".weight"),
            tensors.get(unit.convolution() + ".bias"),
            ONE,
            ONE,
            ONE,
            1);
    if (!unit.normalized()) {
      return convolved;
    }
    try (PtNDArray normalized =
        JniUtils.batchNorm(
            convolved,
            tensors.get(unit.normalization() + ".running_mean"),
            tensors.get(unit.normalization() + ".running_var"),
            tensors.get(unit.normalization() + ".weight"),
            tensors.get(unit.normalization() + ".bias"),
            true,
            MOMENTUM,
            UnetSpec.BATCH_NORM_EPSILON)) {
      // What backpropagation needs is the result, not this: closed, it is freed now.
      return JniUtils.relu(normalized);
    }
  }
}
