package org.fairspark.network.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
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
 * The operations of graphs as nodes of an ONNX file, in evaluation mode. Arrays are names; a
 * layer's result bears the layer's name, what lies between more than that.
 */
final class OnnxLayers implements Interpreter<String> {
  /** The version of the operators: the first that has layer normalization. */
  static final int OPERATORS = 17;

  private final OnnxGraph graph;
  private final Set<String> tensors;
  private final Map<String, String> owners = new HashMap<>();

  /**
   * Makes the operations of a file.
   *
   * @param tensors names of the arrays that the file has
   */
  OnnxLayers(OnnxGraph graph, Set<String> tensors) {
    this.graph = graph;
    this.tensors = tensors;
  }

  private String node(
      String operator, String output, List<String> inputs, ProtoMessage... attributes) {
    graph.node(operator, output, inputs, attributes);
    return output;
  }

  private String number(String name, double value) {
    graph.floats(name, new long[0], new float[] {(float) value});
    return name;
  }

  private String wholes(String name, long... values) {
    graph.longs(name, values);
    return name;
  }

  @Override
  public void share(String layer, String owner) {
    owners.put(layer, owner);
  }

  /** Returns the name of a layer's array. */
  private String array(String layer, String suffix) {
    return owners.getOrDefault(layer, layer) + "." + suffix;
  }

  private List<String> weighted(String layer, String x) {
    String bias = array(layer, "bias");
    return tensors.contains(bias)
        ? List.of(x, array(layer, "weight"), bias)
        : List.of(x, array(layer, "weight"));
  }

  @Override
  public String convolution(Convolution operation, String layer, String x) {
    long p = operation.padding();
    return node(
        "Conv",
        layer,
        weighted(layer, x),
        OnnxGraph.integers("kernel_shape", operation.kernel(), operation.kernel()),
        OnnxGraph.integers("strides", operation.stride(), operation.stride()),
        OnnxGraph.integers("pads", p, p, p, p),
        OnnxGraph.integer("group", operation.groups()));
  }

  @Override
  public String transposedConvolution(TransposedConvolution operation, String layer, String x) {
    int k = TransposedConvolution.KERNEL;
    return node(
        "ConvTranspose",
        layer,
        weighted(layer, x),
        OnnxGraph.integers("kernel_shape", k, k),
        OnnxGraph.integers("strides", k, k));
  }

  @Override
  public String batchNormalization(String layer, String x) {
    return node(
        "BatchNormalization",
        layer,
        List.of(
            x,
            array(layer, "weight"),
            array(layer, "bias"),
            array(layer, "running_mean"),
            array(layer, "running_var")));
  }

  @Override
  public String layerNormalization(String layer, String x) {
    return node("LayerNormalization", layer, weighted(layer, x));
  }

  @Override
  public String linear(Linear operation, String layer, String x) {
    String turned =
        node(
            "Transpose",
            layer + ".turned",
            List.of(array(layer, "weight")),
            OnnxGraph.integers("perm", 1, 0));
    if (!operation.bias()) {
      return node("MatMul", layer, List.of(x, turned));
    }
    String product = node("MatMul", layer + ".product", List.of(x, turned));
    return node("Add", layer, List.of(product, array(layer, "bias")));
  }

  @Override
  public String pointwise(Pointwise operation, String layer, String x) {
    return switch (operation) {
      case RELU -> node("Relu", layer, List.of(x));
      case GELU -> gelu(layer, x);
      case SIGMOID -> node("Sigmoid", layer, List.of(x));
      case TANH -> node("Tanh", layer, List.of(x));
      case ARCTAN -> node("Atan", layer, List.of(x));
      case SOFTPLUS -> node("Softplus", layer, List.of(x));
      case EXP -> node("Exp", layer, List.of(x));
      case LOG -> node("Log", layer, List.of(x));
      case SQUARE -> node("Mul", layer, List.of(x, x));
      case SQUARE_ROOT -> node("Sqrt", layer, List.of(x));
      case ABSOLUTE -> node("Abs", layer, List.of(x));
    };
  }

  /** Adds GELU from its formula: the operators have it from version 20 on. */
  private String gelu(String layer, String x) {
    String scaled =
        node("Mul", layer + ".scaled", List.of(x, number(layer + ".root", Math.sqrt(0.5))));
    String erf = node("Erf", layer + ".erf", List.of(scaled));
    String above = node("Add", layer + ".above", List.of(erf, number(layer + ".one", 1)));
    String twice = node("Mul", layer + ".twice", List.of(x, above));
    return node("Mul", layer, List.of(twice, number(layer + ".half", 0.5)));
  }

  /** Adds a leaky ReLU as the larger of a number and its share. */
  @Override
  public String leakyRelu(LeakyRelu operation, String layer, String x) {
    String share =
        node("Mul", layer + ".share", List.of(x, number(layer + ".slope", operation.slope())));
    return node("Max", layer, List.of(x, share));
  }

  @Override
  public String affine(Affine operation, String layer, String x) {
    String factor = number(layer + ".factor", operation.factor());
    if (operation.shift() == 0) {
      return node("Mul", layer, List.of(x, factor));
    }
    String multiple = node("Mul", layer + ".multiple", List.of(x, factor));
    return node("Add", layer, List.of(multiple, number(layer + ".shift", operation.shift())));
  }

  @Override
  public String arithmetic(Arithmetic operation, String layer, String a, String b) {
    String operator =
        switch (operation) {
          case ADD -> "Add";
          case SUBTRACT -> "Sub";
          case MULTIPLY -> "Mul";
          case DIVIDE -> "Div";
        };
    return node(operator, layer, List.of(a, b));
  }

  @Override
  public String concatenation(String layer, List<String> parts) {
    return node("Concat", layer, parts, OnnxGraph.integer("axis", 1));
  }

  @Override
  public String slice(Slice operation, String layer, String x) {
    return node(
        "Slice",
        layer,
        List.of(
            x,
            wholes(layer + ".from", operation.from()),
            wholes(layer + ".to", operation.to()),
            wholes(layer + ".axis", 1)));
  }

  @Override
  public String channelOrder(ChannelOrder operation, String layer, String x) {
    long[] order = operation.order().stream().mapToLong(Integer::longValue).toArray();
    return node(
        "Gather", layer, List.of(x, wholes(layer + ".order", order)), OnnxGraph.integer("axis", 1));
  }

  @Override
  public String pooling(Pooling operation, String layer, String x) {
    long p = operation.padding();
    ProtoMessage kernel =
        OnnxGraph.integers("kernel_shape", operation.kernel(), operation.kernel());
    ProtoMessage strides = OnnxGraph.integers("strides", operation.stride(), operation.stride());
    ProtoMessage pads = OnnxGraph.integers("pads", p, p, p, p);
    return switch (operation.kind()) {
      case MAX -> node("MaxPool", layer, List.of(x), kernel, strides, pads);
      case MEAN ->
          node(
              "AveragePool",
              layer,
              List.of(x),
              kernel,
              strides,
              pads,
              OnnxGraph.integer("count_include_pad", 1));
    };
  }

  @Override
  public String enlargement(Enlargement operation, String layer, String x) {
    graph.floats(layer + ".scales", new long[] {4}, new float[] {1, 1, 2, 2});
    List<String> inputs = List.of(x, "", layer + ".scales");
    return switch (operation) {
      case NEAREST ->
          node(
              "Resize",
              layer,
              inputs,
              OnnxGraph.word("mode", "nearest"),
              OnnxGraph.word("coordinate_transformation_mode", "asymmetric"),
              OnnxGraph.word("nearest_mode", "floor"));
      case BILINEAR ->
          node(
              "Resize",
              layer,
              inputs,
              OnnxGraph.word("mode", "linear"),
              OnnxGraph.word("coordinate_transformation_mode", "align_corners"));
    };
  }

  @Override
  public String reduction(Reduction operation, String layer, String x) {
    return switch (operation) {
      case SUM_OF_CHANNELS -> node("ReduceSum", layer, List.of(x, wholes(layer + ".axes", 1)));
      case GLOBAL_MEAN ->
          node(
              "ReduceMean",
              layer,
              List.of(x),
              OnnxGraph.integers("axes", 2, 3),
              OnnxGraph.integer("keepdims", 0));
      case MEAN -> node("ReduceMean", layer, List.of(x), OnnxGraph.integer("keepdims", 0));
    };
  }

  @Override
  public String unitLength(String layer, String x) {
    String length = node("ReduceL2", layer + ".length", List.of(x), OnnxGraph.integers("axes", 1));
    String bounded =
        node(
            "Max",
            layer + ".bounded",
            List.of(length, number(layer + ".shortest", UnitLength.SHORTEST)));
    return node("Div", layer, List.of(x, bounded));
  }

  @Override
  public String reshape(Reshape operation, String layer, String x) {
    // A zero keeps the batch's length.
    long[] shape =
        LongStream.concat(LongStream.of(0), operation.to().stream().mapToLong(Integer::longValue))
            .toArray();
    return node("Reshape", layer, List.of(x, wholes(layer + ".shape", shape)));
  }

  @Override
  public String permutation(Permutation operation, String layer, String x) {
    long[] order =
        LongStream.concat(LongStream.of(0), operation.order().stream().mapToLong(d -> d + 1))
            .toArray();
    return node("Transpose", layer, List.of(x), OnnxGraph.integers("perm", order));
  }

  @Override
  public String product(Product operation, String layer, String a, String b) {
    if (!operation.transposed()) {
      return node("MatMul", layer, List.of(a, b));
    }
    int n = operation.rank();
    long[] order = LongStream.rangeClosed(0, n).toArray();
    order[n] = n - 1L;
    order[n - 1] = n;
    String turned =
        node("Transpose", layer + ".turned", List.of(b), OnnxGraph.integers("perm", order));
    return node("MatMul", layer, List.of(a, turned));
  }

  @Override
  public String offset(String layer, String x) {
    return node("Add", layer, List.of(x, layer + ".offset"));
  }

  @Override
  public String gather(String layer, String rows, String numbers) {
    String each =
        node(
            "Unsqueeze",
            layer + ".each",
            List.of(whole(layer, numbers), wholes(layer + ".axis", 2)));
    return node("GatherND", layer, List.of(rows, each), OnnxGraph.integer("batch_dims", 1));
  }

  @Override
  public String embedding(Embedding operation, String layer, String numbers) {
    return node("Gather", layer, List.of(layer + ".weight", whole(layer, numbers)));
  }

  private String whole(String layer, String numbers) {
    return node(
        "Cast", layer + ".whole", List.of(numbers), OnnxGraph.integer("to", OnnxGraph.INT64));
  }

  @Override
  public String softmax(Softmax operation, String layer, String x) {
    return node(
        operation.logarithm() ? "LogSoftmax" : "Softmax",
        layer,
        List.of(x),
        OnnxGraph.integer("axis", -1));
  }

  /** Adds differences from all, one by one: a product of matrices would round more. */
  @Override
  public String nearest(String layer, String x) {
    String one = node("Unsqueeze", layer + ".one", List.of(x, wholes(layer + ".between", 1)));
    String difference =
        node("Sub", layer + ".difference", List.of(one, array(layer, Nearest.VECTORS)));
    String square = node("Mul", layer + ".square", List.of(difference, difference));
    String sum =
        node(
            "ReduceSum",
            layer + ".sum",
            List.of(square, wholes(layer + ".across", 2)),
            OnnxGraph.integer("keepdims", 0));
    String least = node("ReduceMin", layer + ".least", List.of(sum), OnnxGraph.integers("axes", 1));
    return node("Sqrt", layer, List.of(least));
  }
}
