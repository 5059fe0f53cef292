package org.fairspark.network.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory of the host through which one batch after another gets to PyTorch. Kept from step to step:
 * direct buffers are freed by Java's collector alone, which does not know how large they are.
 */
final class Staging {
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  /**
   * Returns a batch as an array on the manager's device, which on the host is this memory itself:
   * it holds until the next call.
   */
  PtNDArray put(PtNDManager step, float[] values, long... shape) {
    int bytes = Math.multiplyExact(Float.BYTES, values.length);
    if (memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    memory.asFloatBuffer().put(values);
    PtNDArray host = PytorchArrays.host(step, memory, shape);
    return PytorchArrays.onHost(step) ? host : host.toDevice(step.getDevice(), false);
  }
}
