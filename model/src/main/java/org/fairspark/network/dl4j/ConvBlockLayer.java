package org.fairspark.network.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.UnetSpec;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A {@link ConvBlock} by ND4J's own array operations: it runs on any backend. */
final class ConvBlockLayer extends BaseConvBlockLayer {
  private static final long serialVersionUID = 1L;

  // Kernel 3x3, stride 1, padding 1, dilation 1, explicit padding, NHWC, weights [out][in][h][w].
  private static final int[] CONVOLUTION = {3, 3, 1, 1, 1, 1, 1, 1, 0, 1, 1};
  private static final int[] PIXELS = {0, 1, 2};

  // Of the training-mode forward pass, for the backward pass of the same step.
  private transient INDArray normalizedOutput;
  private transient INDArray inverseDeviation;
  private transient INDArray output;

  ConvBlockLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    long[] shape = {input.size(0), input.size(1), input.size(2), layerConf().getNOut()};
    INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(input, param(ConvBlockParameters.WEIGHT), param(ConvBlockParameters.BIAS))
            .addOutputs(out)
            .addIntegerArguments(CONVOLUTION)
            .build());
    if (!layerConf().normalized()) {
      return out;
    }
    if (training) {
      normalizeByBatch(out, workspaces);
    } else {
      INDArray scale =
          param(ConvBlockParameters.SCALE)
              .div(
                  Transforms.sqrt(
                      param(ConvBlockParameters.VARIANCE).add(UnetSpec.BATCH_NORM_EPSILON)));
      INDArray shift =
          param(ConvBlockParameters.SHIFT).sub(param(ConvBlockParameters.MEAN).mul(scale));
      out.muli(channels(scale)).addi(channels(shift));
    }
    Nd4j.getExecutioner()
        .exec(new org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear(out, out, 0.0));
    if (training) {
      output = out;
    }
    return out;
  }

  private void normalizeByBatch(INDArray out, LayerWorkspaceMgr workspaces) {
    INDArray mean = out.castTo(DataType.DOUBLE).mean(PIXELS).castTo(dataType);
    INDArray centred =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, out.shape(), 'c');
    out.sub(channels(mean), centred);
    INDArray variance = centred.mul(centred).castTo(DataType.DOUBLE).mean(PIXELS).castTo(dataType);
    double count = (double) out.length() / out.size(3);
    average(ConvBlockParameters.MEAN, mean, 1);
    average(ConvBlockParameters.VARIANCE, variance, count > 1 ? count / (count - 1) : 1);
    INDArray inverse = Transforms.pow(variance.add(UnetSpec.BATCH_NORM_EPSILON), -0.5);
    centred.muli(channels(inverse));
    centred.mul(channels(param(ConvBlockParameters.SCALE)), out);
    out.addi(channels(param(ConvBlockParameters.SHIFT)));
    normalizedOutput = centred;
    inverseDeviation = workspaces.dup(ArrayType.ACTIVATIONS, inverse);
  }

  private void average(String name, INDArray batch, double correction) {
    param(name).muli(1 - ConvBlock.MOMENTUM).addi(batch.mul(ConvBlock.MOMENTUM * correction));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Gradient gradient = new DefaultGradient();
    INDArray delta = epsilon;
    if (layerConf().normalized()) {
      delta = backThroughNormalization(epsilon, gradient);
    }
    INDArray next =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d_bp")
            .addInputs(
                input, param(ConvBlockParameters.WEIGHT), param(ConvBlockParameters.BIAS), delta)
            .addOutputs(
                next,
                gradientView(ConvBlockParameters.WEIGHT, gradient),
                gradientView(ConvBlockParameters.BIAS, gradient))
            .addIntegerArguments(CONVOLUTION)
            .build());
    output = null;
    normalizedOutput = null;
    inverseDeviation = null;
    return new Pair<>(gradient, next);
  }

  private INDArray backThroughNormalization(INDArray epsilon, Gradient gradient) {
    INDArray delta = epsilon.mul(output.gt(0).castTo(dataType));
    double count = (double) delta.length() / delta.size(3);
    INDArray shiftGradient = gradientView(ConvBlockParameters.SHIFT, gradient);
    INDArray scaleGradient = gradientView(ConvBlockParameters.SCALE, gradient);
    shiftGradient.assign(delta.castTo(DataType.DOUBLE).sum(PIXELS));
    scaleGradient.assign(delta.mul(normalizedOutput).castTo(DataType.DOUBLE).sum(PIXELS));
    delta.subi(channels(shiftGradient.div(count)));
    delta.subi(normalizedOutput.mul(channels(scaleGradient.div(count))));
    return delta.muli(channels(param(ConvBlockParameters.SCALE).mul(inverseDeviation)));
  }

  private INDArray gradientView(String name, Gradient gradient) {
    INDArray view = gradientViews.get(name);
    gradient.setGradientFor(name, view);
    return view;
  }

  private INDArray param(String name) {
    return getParam(name);
  }

  private static INDArray channels(INDArray vector) {
    return vector.reshape(1, 1, 1, vector.length());
  }
}
