package org.fairspark.network.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import org.fairspark.network.Loss;
import org.fairspark.network.UnetSpec;

/** The loss of a network's output on the device, with its derivative in closed form. */
interface PytorchLoss {
  /**
   * A loss and its derivative.
   *
   * @param gradient by every value of the output, in its shape
   */
  record Result(Loss loss, PtNDArray gradient) {}

  /**
   * Computes the loss of a batch.
   *
   * @param step manager of the gradient
   * @param output {@code float[n][channels][height][width]}
   * @param target likewise
   */
  Result compute(PtNDManager step, PtNDArray output, PtNDArray target);

  /**
   * Returns the loss that a network with this head is trained by.
   *
   * @param manager of what the loss keeps from step to step
   */
  static PytorchLoss of(UnetSpec.Head head, PtNDManager manager) {
    return switch (head) {
      case RESTORATION -> new PytorchRestorationLoss(manager);
      case MASK -> new PytorchFocalLoss(manager);
      case SOFT_MASK -> new PytorchCrossEntropyLoss();
    };
  }
}
