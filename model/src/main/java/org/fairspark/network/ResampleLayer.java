package org.fairspark.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link Resample} by ND4J's own array operations: it runs on any backend. */
final class ResampleLayer extends AbstractLayer<Resample> {
  private static final long serialVersionUID = 1L;

  // Kernel 2x2, stride 2, no padding, dilation 1, explicit padding, (unused), NCHW.
  private static final int[] POOLING = {2, 2, 2, 2, 0, 0, 1, 1, 0, 1, 0};

  ResampleLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // There are no parameters.
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    long n = input.size(0);
    long c = input.size(1);
    long h = input.size(2);
    long w = input.size(3);
    if (layerConf().kind() == Resample.Kind.HALVE) {
      INDArray out =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS, dataType, new long[] {n, c, h / 2, w / 2}, 'c');
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
            ArrayType.ACTIVATIONS, dataType, new long[] {n, c, 2 * h, 2 * w}, 'c');
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
      INDArray rows = doubling((int) input.size(2)).transpose();
      INDArray columns = doubling((int) input.size(3)).transpose();
      interpolate(epsilon, rows, columns, next);
    }
    return new Pair<>(new DefaultGradient(), next);
  }

  /** out = rows x in x columns', for each image and channel. */
  private static void interpolate(INDArray in, INDArray rows, INDArray columns, INDArray out) {
    long planes = in.size(0) * in.size(1);
    long h = in.size(2);
    long w = in.size(3);
    INDArray lines = in.dup('c').reshape('c', planes * h, w);
    INDArray wide = lines.mmul(columns.transpose()).dup('c');
    long width = columns.size(0);
    // Rows first, so that one product serves all planes.
    INDArray byRow = wide.reshape('c', planes, h, width).permute(1, 0, 2).dup('c');
    INDArray tall = rows.mmul(byRow.reshape('c', h, planes * width)).dup('c');
    INDArray result = tall.reshape('c', rows.size(0), planes, width).permute(1, 0, 2);
    out.assign(result.dup('c').reshape('c', out.shape()));
  }

  /** The matrix {@code [2n][n]} that interpolates a line at twice its length, corners aligned. */
  static INDArray doubling(int n) {
    float[] matrix = new float[2 * n * n];
    for (int o = 0; o < 2 * n; o++) {
      int base = Doubling.base(o, n);
      float weight = Doubling.weight(o, n);
      matrix[o * n + base] += 1 - weight;
      matrix[o * n + Math.min(base + 1, n - 1)] += weight;
    }
    return Nd4j.create(matrix, new long[] {2L * n, n}, 'c');
  }
}
