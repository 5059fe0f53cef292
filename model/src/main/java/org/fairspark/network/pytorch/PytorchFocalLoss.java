package org.fairspark.network.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.fairspark.network.Loss;

/** {@link org.fairspark.network.FocalLoss} by operations of PyTorch. */
final class PytorchFocalLoss implements PytorchLoss {
  private final PtNDArray half;
  private final PtNDArray one;
  private final PtNDArray two;

  PytorchFocalLoss(PtNDManager manager) {
    half = PytorchArrays.number(manager, 0.5);
    one = PytorchArrays.number(manager, 1);
    two = PytorchArrays.number(manager, 2);
  }

  @Override
  public Result compute(PtNDManager step, PtNDArray output, PtNDArray target) {
    try (PtNDManager work = step.newSubManager(step.getDevice())) {
      PtNDArray logits = PytorchArrays.within(work, output);
      PtNDArray mask = PytorchArrays.within(work, target);
      PtNDArray sign =
          JniUtils.sub(
              JniUtils.mul(JniUtils.gt(mask, half).toType(DataType.FLOAT32, false), two), one);
      PtNDArray u = JniUtils.mul(sign, logits);
      PtNDArray opposite = JniUtils.neg(u);
      PtNDArray logQ = JniUtils.neg(JniUtils.softPlus(opposite));
      PtNDArray q = JniUtils.sigmoid(u);
      PtNDArray rest = JniUtils.sigmoid(opposite);
      PtNDArray weight = JniUtils.mul(rest, rest);
      double loss = -PytorchArrays.value(JniUtils.mean(JniUtils.mul(weight, logQ)));
      PtNDArray slope =
          JniUtils.mul(weight, JniUtils.sub(JniUtils.mul(JniUtils.mul(q, logQ), two), rest));
      PtNDArray count = PytorchArrays.number(work, (double) output.getShape().size());
      PtNDArray gradient = JniUtils.div(JniUtils.mul(sign, slope), count);
      gradient.attach(step);
      return new Result(new Loss(loss, 0), gradient);
    }
  }
}
