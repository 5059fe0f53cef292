package org.fairspark.network.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.BilinearUpsample;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link Resample} by ND4J's own array operations: it runs on any backend. */
final class ResampleLayer extends NoParamUnitLayer<Resample> {
  private static final long serialVersionUID = 1L;

  // Kernel 2x2, stride 2, no padding, dilation 1, explicit padding, (unused), NHWC.
  private static final int[] POOLING = {2, 2, 2, 2, 0, 0, 1, 1, 0, 1, 1};

  ResampleLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    long n = input.size(0);
    long h = input.size(1);
    long w = input.size(2);
    long c = input.size(3);
    if (layerConf().kind() == Resample.Kind.HALVE) {
      INDArray out =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS, dataType, new long[] {n, h / 2, w / 2, c}, 'c');
      Nd4j.exec(
          DynamicCustomOp.builder("maxpool2d")
              .addInputs(input)
              .addOutputs(out)
              .addIntegerArguments(POOLING)
              .build());
      return out;
    }
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, new long[] {n, 2 * h, 2 * w, c}, 'c');
    interpolate(input, doubling((int) h), doubling((int) w), out);
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray next =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    if (layerConf().kind() == Resample.Kind.HALVE) {
      Nd4j.exec(
          DynamicCustomOp.builder("maxpool2d_bp")
              .addInputs(input, epsilon)
              .addOutputs(next)
              .addIntegerArguments(POOLING)
              .build());
    } else {
      INDArray rows = doubling((int) input.size(1)).transpose();
      INDArray columns = doubling((int) input.size(2)).transpose();
      interpolate(epsilon, rows, columns, next);
    }
    return new Pair<>(new DefaultGradient(), next);
  }

  /** Interpolates along the rows and then along the columns, for each image and channel. */
  private static void interpolate(INDArray in, INDArray rows, INDArray columns, INDArray out) {
    INDArray tall = along(in, 1, rows);
    out.assign(along(tall, 2, columns));
  }

  /** Returns the matrix product along the given dimension of a four-dimensional array. */
  private static INDArray along(INDArray in, int dimension, INDArray matrix) {
    int[] order = {dimension, 0, 3 - dimension, 3};
    INDArray turned = in.permute(order).dup('c');
    long[] shape = turned.shape().clone();
    INDArray product = matrix.mmul(turned.reshape('c', shape[0], turned.length() / shape[0]));
    shape[0] = matrix.size(0);
    INDArray result = product.dup('c').reshape('c', shape);
    return dimension == 1 ? result.permute(1, 0, 2, 3) : result.permute(1, 2, 0, 3);
  }

  /** Returns the matrix {@code [2n][n]} that interpolates a line at twice its length. */
  private static INDArray doubling(int n) {
    return Nd4j.create(BilinearUpsample.matrix(n, false), new long[] {2L * n, n}, 'c');
  }
}
