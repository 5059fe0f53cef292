package org.fairspark.network.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import org.fairspark.network.UnetSpec;

/** A step's forward and backward pass through the U-Net. */
final class UnetPass implements TrainingPass {
  private final UnetSpec spec;
  private final UnetForward forward;
  private final PytorchLoss loss;
  private final Staging inputs = new Staging();
  private final Staging targets = new Staging();

  UnetPass(UnetSpec spec, PtNDManager manager) {
    this.spec = spec;
    this.forward = new UnetForward(spec, manager);
    this.loss = PytorchLoss.of(spec.head(), manager);
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
    if (n * height * width == UnetSpec.SIZE_MULTIPLE * UnetSpec.SIZE_MULTIPLE) {
      throw new IllegalArgumentException(
          "PyTorch cannot normalize the one value that an image of %d x %d leaves of each channel; take larger images or batches"
              .formatted(height, width));
    }
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
}
