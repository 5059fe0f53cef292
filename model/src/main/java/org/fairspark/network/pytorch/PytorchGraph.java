package org.fairspark.network.pytorch;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.graph.Affine;
import org.fairspark.network.graph.Arithmetic;
import org.fairspark.network.graph.ChannelOrder;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.Embedding;
import org.fairspark.network.graph.Enlargement;
import org.fairspark.network.graph.Interpreter;
import org.fairspark.network.graph.LeakyRelu;
import org.fairspark.network.graph.Linear;
import org.fairspark.network.graph.Nearest;
import org.fairspark.network.graph.Permutation;
import org.fairspark.network.graph.Pointwise;
import org.fairspark.network.graph.Pooling;
import org.fairspark.network.graph.Product;
import org.fairspark.network.graph.Reduction;
import org.fairspark.network.graph.Reshape;
import org.fairspark.network.graph.Slice;
import org.fairspark.network.graph.Softmax;
import org.fairspark.network.graph.TransposedConvolution;
import org.fairspark.network.graph.UnitLength;

/**
 * The operations of graphs in PyTorch, for one step. Where gradients are collected, PyTorch knows
 * the derivatives of all of them.
 */
final class PytorchGraph implements Interpreter<PtNDArray> {
  /** Share of the new batch in the running statistics. */
  private static final double MOMENTUM = 0.1;

  /** Number that normalization adds to a variance before it takes the root. */
  private static final double EPSILON = UnetSpec.BATCH_NORM_EPSILON;

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape NONE = new Shape(0, 0);

  private final PtNDManager step;
  private final Map<String, PtNDArray> tensors;
  private final PytorchUpsample upsample;
  private final boolean training;
  private final Map<String, String> owners = new HashMap<>();

  /**
   * Makes the operations of a step.
   *
   * @param tensors of {@link TrainedState#tensors}
   * @param training whether batches are normalized by their own statistics
   */
  PytorchGraph(
      PtNDManager step,
      Map<String, PtNDArray> tensors,
      PytorchUpsample upsample,
      boolean training) {
    this.step = step;
    this.tensors = tensors;
    this.upsample = upsample;
    this.training = training;
  }

  private PtNDArray tensor(String layer, String suffix) {
    return tensors.get(owners.getOrDefault(layer, layer) + "." + suffix);
  }

  private PtNDArray number(double value) {
    return PytorchArrays.number(step, value);
  }

  @Override
  public void share(String layer, String owner) {
    owners.put(layer, owner);
  }

  @Override
  public PtNDArray convolution(Convolution operation, String layer, PtNDArray x) {
    return JniUtils.convolution(
        x,
        tensor(layer, "weight"),
        tensor(layer, "bias"),
        square(operation.stride()),
        square(operation.padding()),
        ONE,
        operation.groups());
  }

  /**
   * Computes the four pixels of each as channels, by a convolution with one pixel, and sorts them
   * to their places: DJL has no transposed convolution.
   */
  @Override
  public PtNDArray transposedConvolution(
      TransposedConvolution operation, String layer, PtNDArray x) {
    long[] in = x.getShape().getShape();
    long k = TransposedConvolution.KERNEL;
    long out = operation.out();
    PtNDArray weights =
        JniUtils.reshape(
            JniUtils.permute(tensor(layer, "weight"), new long[] {1, 2, 3, 0}),
            new long[] {out * k * k, in[1], 1, 1});
    PtNDArray pixels = JniUtils.convolution(x, weights, null, ONE, NONE, ONE, 1);
    PtNDArray sorted =
        JniUtils.permute(
            JniUtils.reshape(pixels, new long[] {in[0], out, k, k, in[2], in[3]}),
            new long[] {0, 1, 4, 2, 5, 3});
    PtNDArray map = JniUtils.reshape(sorted, new long[] {in[0], out, k * in[2], k * in[3]});
    PtNDArray bias = tensor(layer, "bias");
    return bias == null
        ? map
        : JniUtils.add(map, JniUtils.reshape(bias, new long[] {1, out, 1, 1}));
  }

  @Override
  public PtNDArray batchNormalization(String layer, PtNDArray x) {
    return JniUtils.batchNorm(
        x,
        tensor(layer, "running_mean"),
        tensor(layer, "running_var"),
        tensor(layer, "weight"),
        tensor(layer, "bias"),
        training,
        MOMENTUM,
        EPSILON);
  }

  @Override
  public PtNDArray layerNormalization(String layer, PtNDArray x) {
    PtNDArray weight = tensor(layer, "weight");
    return JniUtils.layerNorm(x, weight.getShape(), weight, tensor(layer, "bias"), EPSILON);
  }

  @Override
  public PtNDArray linear(Linear operation, String layer, PtNDArray x) {
    return JniUtils.linear(x, tensor(layer, "weight"), tensor(layer, "bias"));
  }

  @Override
  public PtNDArray pointwise(Pointwise operation, String layer, PtNDArray x) {
    return switch (operation) {
      case RELU -> JniUtils.relu(x);
      case GELU -> JniUtils.gelu(x);
      case SIGMOID -> JniUtils.sigmoid(x);
      case TANH -> JniUtils.tanh(x);
      case ARCTAN -> JniUtils.atan(x);
      case SOFTPLUS -> JniUtils.softPlus(x);
      case EXP -> JniUtils.exp(x);
      case LOG -> JniUtils.log(x);
      case SQUARE -> JniUtils.square(x);
      case SQUARE_ROOT -> JniUtils.sqrt(x);
      case ABSOLUTE -> JniUtils.abs(x);
    };
  }

  @Override
  public PtNDArray leakyRelu(LeakyRelu operation, String layer, PtNDArray x) {
    return JniUtils.leakyRelu(x, operation.slope());
  }

  @Override
  public PtNDArray affine(Affine operation, String layer, PtNDArray x) {
    PtNDArray multiple = JniUtils.mul(x, number(operation.factor()));
    return operation.shift() == 0 ? multiple : JniUtils.add(multiple, number(operation.shift()));
  }

  @Override
  public PtNDArray arithmetic(Arithmetic operation, String layer, PtNDArray a, PtNDArray b) {
    return switch (operation) {
      case ADD -> JniUtils.add(a, b);
      case SUBTRACT -> JniUtils.sub(a, b);
      case MULTIPLY -> JniUtils.mul(a, b);
      case DIVIDE -> JniUtils.div(a, b);
    };
  }

  @Override
  public PtNDArray concatenation(String layer, List<PtNDArray> parts) {
    return JniUtils.cat(parts.toArray(new PtNDArray[0]), 1);
  }

  @Override
  public PtNDArray slice(Slice operation, String layer, PtNDArray x) {
    return JniUtils.slice(x, 1, operation.from(), operation.to(), 1);
  }

  @Override
  public PtNDArray channelOrder(ChannelOrder operation, String layer, PtNDArray x) {
    long[] order = operation.order().stream().mapToLong(Integer::longValue).toArray();
    return JniUtils.indexAdv(x, new NDIndex(":, {}", step.create(order)), step);
  }

  @Override
  public PtNDArray pooling(Pooling operation, String layer, PtNDArray x) {
    Shape kernel = square(operation.kernel());
    Shape stride = square(operation.stride());
    Shape padding = square(operation.padding());
    return switch (operation.kind()) {
      case MAX -> JniUtils.maxPool(x, kernel, stride, padding, false);
      case MEAN -> JniUtils.avgPool(x, kernel, stride, padding, false, true);
    };
  }

  @Override
  public PtNDArray enlargement(Enlargement operation, String layer, PtNDArray x) {
    return switch (operation) {
      case BILINEAR -> upsample.run(x);
      case NEAREST -> JniUtils.repeat(JniUtils.repeat(x, 2, 2), 2, 3);
    };
  }

  @Override
  public PtNDArray reduction(Reduction operation, String layer, PtNDArray x) {
    return switch (operation) {
      case SUM_OF_CHANNELS -> JniUtils.sum(x, new long[] {1}, true);
      case GLOBAL_MEAN -> JniUtils.mean(JniUtils.mean(x, 3, false), 2, false);
      case MEAN -> JniUtils.mean(x);
    };
  }

  @Override
  public PtNDArray unitLength(String layer, PtNDArray x) {
    return JniUtils.normalize(x, 2, 1, UnitLength.SHORTEST);
  }

  @Override
  public PtNDArray reshape(Reshape operation, String layer, PtNDArray x) {
    return JniUtils.reshape(x, GraphPass.shape(x.getShape().get(0), operation.to()));
  }

  @Override
  public PtNDArray permutation(Permutation operation, String layer, PtNDArray x) {
    return JniUtils.permute(
        x,
        LongStream.concat(LongStream.of(0), operation.order().stream().mapToLong(d -> d + 1))
            .toArray());
  }

  @Override
  public PtNDArray product(Product operation, String layer, PtNDArray a, PtNDArray b) {
    return JniUtils.matmul(a, operation.transposed() ? JniUtils.transpose(b, -2, -1) : b);
  }

  @Override
  public PtNDArray embedding(Embedding operation, String layer, PtNDArray numbers) {
    long n = numbers.getShape().get(0);
    PtNDArray one =
        JniUtils.reshape(
            tensor(layer, "weight"), new long[] {1, operation.things(), operation.size()});
    Shape each = new Shape(n, operation.things(), operation.size());
    return gather(layer, JniUtils.broadcast(one, each), numbers);
  }

  @Override
  public PtNDArray offset(String layer, PtNDArray x) {
    return JniUtils.add(x, tensor(layer, "offset"));
  }

  @Override
  public PtNDArray gather(String layer, PtNDArray rows, PtNDArray numbers) {
    long[] all = rows.getShape().getShape();
    long wanted = numbers.getShape().get(1);
    PtNDArray whole = JniUtils.to(numbers, DataType.INT64, numbers.getDevice());
    PtNDArray each =
        JniUtils.broadcast(
            JniUtils.reshape(whole, new long[] {all[0], wanted, 1}),
            new Shape(all[0], wanted, all[2]));
    return JniUtils.gather(rows, each, 1);
  }

  @Override
  public PtNDArray softmax(Softmax operation, String layer, PtNDArray x) {
    return operation.logarithm()
        ? JniUtils.logSoftmax(x, -1, DataType.FLOAT32)
        : JniUtils.softmax(x, -1, DataType.FLOAT32);
  }

  @Override
  public PtNDArray nearest(String layer, PtNDArray x) {
    long n = x.getShape().get(1);
    PtNDArray one = JniUtils.reshape(x, new long[] {-1, 1, n});
    PtNDArray difference = JniUtils.sub(one, tensor(layer, Nearest.VECTORS));
    PtNDArray distances =
        JniUtils.sqrt(JniUtils.sum(JniUtils.square(difference), new long[] {2}, false));
    return JniUtils.min(distances, 1, true);
  }

  private static Shape square(int side) {
    return new Shape(side, side);
  }
}
