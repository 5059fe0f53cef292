package org.fairspark.network.pytorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.Map;
import org.fairspark.network.Loss;
import org.fairspark.network.RestorationLoss;

/**
 * {@link RestorationLoss} by operations of PyTorch, in single precision as the reference code has
 * it.
 *
 * <p>The Gaussian filter is a product with a band matrix on either side. On the CPU and on GPUs
 * that is faster than a convolution with one channel, and a GPU rounds no product to TF32 unless
 * told to.
 */
final class PytorchRestorationLoss implements PytorchLoss {
  private final PtNDManager manager;
  private final PtNDArray two;
  private final Map<Integer, PtNDArray> filters = new HashMap<>();

  PytorchRestorationLoss(PtNDManager manager) {
    this.manager = manager;
    this.two = PytorchArrays.number(manager, 2);
  }

  @Override
  public Result compute(PtNDManager step, PtNDArray output, PtNDArray target) {
    try (PtNDManager work = step.newSubManager(step.getDevice())) {
      Shape shape = output.getShape();
      long height = shape.get(2);
      long width = shape.get(3);
      long planes = shape.size() / (height * width);
      double range = range(PytorchArrays.within(work, output));
      PtNDArray c1 = PytorchArrays.number(work, (0.01 * range) * (0.01 * range));
      PtNDArray c2 = PytorchArrays.number(work, (0.03 * range) * (0.03 * range));
      long[] flat = {planes, height, width};
      PtNDArray x = JniUtils.reshape(PytorchArrays.within(work, output), flat);
      PtNDArray y = JniUtils.reshape(PytorchArrays.within(work, target), flat);
      PtNDArray difference = JniUtils.sub(x, y);
      double square = PytorchArrays.value(JniUtils.mean(JniUtils.mul(difference, difference)));

      PtNDArray[] means =
          filter(work, planes, x, y, JniUtils.mul(x, x), JniUtils.mul(y, y), JniUtils.mul(x, y));
      PtNDArray mx = means[0];
      PtNDArray my = means[1];
      PtNDArray xy = JniUtils.mul(mx, my);
      PtNDArray xx = JniUtils.mul(mx, mx);
      PtNDArray yy = JniUtils.mul(my, my);
      PtNDArray a1 = JniUtils.add(JniUtils.mul(xy, two), c1);
      PtNDArray a2 = JniUtils.add(JniUtils.mul(JniUtils.sub(means[4], xy), two), c2);
      PtNDArray b1 = JniUtils.add(JniUtils.add(xx, yy), c1);
      PtNDArray b2 =
          JniUtils.add(JniUtils.add(JniUtils.sub(means[2], xx), JniUtils.sub(means[3], yy)), c2);
      PtNDArray b = JniUtils.mul(b1, b2);
      PtNDArray similarity = JniUtils.div(JniUtils.mul(a1, a2), b);
      double mean = PytorchArrays.value(JniUtils.mean(similarity));

      // The derivatives of the similarity by the filtered fields; the filter is its own adjoint.
      PtNDArray byMean =
          JniUtils.div(
              JniUtils.mul(
                  JniUtils.sub(
                      JniUtils.mul(my, JniUtils.sub(a2, a1)),
                      JniUtils.mul(JniUtils.mul(mx, similarity), JniUtils.sub(b2, b1))),
                  two),
              b);
      PtNDArray bySquare = JniUtils.neg(JniUtils.div(similarity, b2));
      PtNDArray byProduct = JniUtils.div(JniUtils.mul(a1, two), b);
      PtNDArray[] adjoint = filter(work, planes, byMean, bySquare, byProduct);
      PtNDArray slope =
          JniUtils.add(
              JniUtils.add(adjoint[0], JniUtils.mul(JniUtils.mul(x, adjoint[1]), two)),
              JniUtils.mul(y, adjoint[2]));
      PtNDArray count = PytorchArrays.number(work, (double) shape.size());
      PtNDArray gradient =
          JniUtils.reshape(
              JniUtils.div(JniUtils.sub(JniUtils.mul(difference, two), slope), count),
              shape.getShape());
      gradient.attach(step);
      return new Result(new Loss(square, 1 - mean), gradient);
    }
  }

  /**
   * Returns the range by {@link RestorationLoss#dynamicRange}, whose rule needs two values only.
   */
  private static double range(PtNDArray output) {
    return RestorationLoss.dynamicRange(
        new float[] {
          PytorchArrays.value(JniUtils.min(output)), PytorchArrays.value(JniUtils.max(output))
        });
  }

  /**
   * Filters fields of {@code float[planes][height][width]} together.
   *
   * @return one for each
   */
  private PtNDArray[] filter(PtNDManager work, long planes, PtNDArray... fields) {
    PtNDArray all = JniUtils.cat(fields, 0);
    PtNDArray rows = JniUtils.matmul(all, PytorchArrays.within(work, band(all.getShape().get(2))));
    PtNDArray both = JniUtils.matmul(PytorchArrays.within(work, band(all.getShape().get(1))), rows);
    return JniUtils.split(both, planes, 0).stream()
        .map(PtNDArray.class::cast)
        .toArray(PtNDArray[]::new);
  }

  /** Returns the symmetric matrix that filters a line of so many values, zeros around it. */
  private PtNDArray band(long size) {
    return filters.computeIfAbsent(
        Math.toIntExact(size),
        n -> {
          float[] kernel = RestorationLoss.kernel();
          int radius = kernel.length / 2;
          float[] band = new float[n * n];
          for (int row = 0; row < n; row++) {
            for (int c = Math.max(0, row - radius); c <= Math.min(n - 1, row + radius); c++) {
              band[row * n + c] = kernel[c - row + radius];
            }
          }
          return PytorchArrays.copy(manager, band, n, n);
        });
  }
}
