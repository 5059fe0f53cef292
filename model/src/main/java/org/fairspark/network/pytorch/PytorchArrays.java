package org.fairspark.network.pytorch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** PytorchArrays of PyTorch that belong to the manager that they are to be freed with. */
final class PytorchArrays {
  private PytorchArrays() {}

  /** Returns the same memory as an array of another manager, without a history of gradients. */
  static PtNDArray within(PtNDManager manager, PtNDArray array) {
    PtNDArray alias = JniUtils.detachGradient(array);
    alias.attach(manager);
    return alias;
  }

  /** Returns a copy of values on the manager's device, in memory of PyTorch's own. */
  static PtNDArray copy(PtNDManager manager, float[] values, long... shape) {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, values.length))
            .order(ByteOrder.nativeOrder());
    memory.asFloatBuffer().put(values);
    // An array made from a buffer is that buffer, which only Java's collector would free.
    try (PtNDArray host = host(manager, memory, shape)) {
      PtNDArray own =
          onHost(manager) ? JniUtils.clone(host) : host.toDevice(manager.getDevice(), true);
      own.attach(manager);
      return own;
    }
  }

  /** Returns the memory of a direct buffer as an array on the host. */
  static PtNDArray host(PtNDManager manager, ByteBuffer memory, long... shape) {
    return JniUtils.createNdFromByteBuffer(
        manager, memory, new Shape(shape), DataType.FLOAT32, SparseFormat.DENSE, Device.cpu());
  }

  /** Returns whether a manager's arrays lie on the host. */
  static boolean onHost(PtNDManager manager) {
    return !manager.getDevice().isGpu();
  }

  /**
   * Returns a number that operations with arrays on any device take. It lies on the host, which
   * costs a GPU no copy.
   */
  static PtNDArray number(PtNDManager manager, double value) {
    return JniUtils.full(
        manager, new Shape(), value, DataType.FLOAT32, Device.cpu(), SparseFormat.DENSE);
  }

  /** Returns the only value of an array; waits for the device. */
  static float value(PtNDArray array) {
    float[] values = array.toFloatArray();
    if (values.length != 1) {
      throw new EngineException("expected one value, got " + values.length);
    }
    return values[0];
  }
}
