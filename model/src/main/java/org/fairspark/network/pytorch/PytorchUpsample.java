package org.fairspark.network.pytorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.Map;
import org.fairspark.network.BilinearUpsample;

/**
 * {@link BilinearUpsample} as a product with a matrix on either side. DJL's own interpolation drops
 * the wish for aligned corners, and its native method takes their scale and other positions.
 */
final class PytorchUpsample {
  private final PtNDManager manager;
  private final Map<Long, PtNDArray> across = new HashMap<>();
  private final Map<Long, PtNDArray> down = new HashMap<>();

  /**
   * Makes an upsampling.
   *
   * @param manager of the matrices, which are kept
   */
  PytorchUpsample(PtNDManager manager) {
    this.manager = manager;
  }

  /**
   * Doubles height and width.
   *
   * @param x {@code float[n][channels][height][width]}
   */
  PtNDArray run(PtNDArray x) {
    Shape shape = x.getShape();
    PtNDManager step = x.getManager();
    try (PtNDArray rows =
        JniUtils.matmul(x, PytorchArrays.within(step, matrix(shape.get(3), true)))) {
      // Backpropagation needs the matrices alone: closed, the rows are freed now.
      return JniUtils.matmul(PytorchArrays.within(step, matrix(shape.get(2), false)), rows);
    }
  }

  private PtNDArray matrix(long size, boolean transposed) {
    return (transposed ? across : down)
        .computeIfAbsent(
            size,
            key -> {
              int n = Math.toIntExact(key);
              float[] values = BilinearUpsample.matrix(n, transposed);
              return transposed
                  ? PytorchArrays.copy(manager, values, n, 2L * n)
                  : PytorchArrays.copy(manager, values, 2L * n, n);
            });
  }
}
