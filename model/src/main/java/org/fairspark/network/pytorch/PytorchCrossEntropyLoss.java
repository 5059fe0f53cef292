package org.fairspark.network.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.fairspark.network.Loss;

/** {@link org.fairspark.network.CrossEntropyLoss} by operations of PyTorch. */
final class PytorchCrossEntropyLoss implements PytorchLoss {
  @Override
  public Result compute(PtNDManager step, PtNDArray output, PtNDArray target) {
    try (PtNDManager work = step.newSubManager(step.getDevice())) {
      PtNDArray logits = PytorchArrays.within(work, output);
      PtNDArray labels = PytorchArrays.within(work, target);
      // log(1 + exp(x)) - x t, which is the cross-entropy of the logit x and the label t.
      double loss =
          PytorchArrays.value(
              JniUtils.mean(JniUtils.sub(JniUtils.softPlus(logits), JniUtils.mul(logits, labels))));
      PtNDArray count = PytorchArrays.number(work, (double) output.getShape().size());
      PtNDArray gradient = JniUtils.div(JniUtils.sub(JniUtils.sigmoid(logits), labels), count);
      gradient.attach(step);
      return new Result(new Loss(loss, 0), gradient);
    }
  }
}
