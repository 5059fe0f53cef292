package org.fairspark.network.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.fairspark.image.ImageSize;
import org.fairspark.network.FoldedConvBlock;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.UnetTopology;

/**
 * Writer of a trained network as an ONNX file, which opens elsewhere: evaluation mode, batch
 * normalization folded into the convolutions.
 *
 * <p>Written by hand, not by classes generated from onnx.proto: those take the values as a string
 * of bytes, one more copy of all weights in the heap. {@code OnnxTest} reads the file with them.
 *
 * <p>The input is {@code input: float[batch][channels][height][width]}, the output {@code restored:
 * float[batch][3][height][width]}, or {@code log_odds: float[batch][1][height][width]} of a network
 * that tells where an image is anomalous. Batch, height and width are free, the latter two
 * multiples of 16, or fixed to one image of one size.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">the format</a>
 */
public final class OnnxExport {
  // Field numbers of onnx.proto, by message.

  private static final class ModelProto {
    static final int IR_VERSION = 1;
    static final int PRODUCER_NAME = 2;
    static final int GRAPH = 7;
    static final int OPSET_IMPORT = 8;
    static final int METADATA = 14;
  }

  private static final class OperatorSet {
    static final int DOMAIN = 1;
    static final int VERSION = 2;
  }

  private static final class StringEntry {
    static final int KEY = 1;
    static final int VALUE = 2;
  }

  private static final class Graph {
    static final int NODE = 1;
    static final int NAME = 2;
    static final int INITIALIZER = 5;
    static final int INPUT_VALUE = 11;
    static final int OUTPUT_VALUE = 12;
  }

  private static final class Node {
    static final int INPUT = 1;
    static final int OUTPUT = 2;
    static final int NAME = 3;
    static final int OPERATOR = 4;
    static final int ATTRIBUTE = 5;
  }

  private static final class Attribute {
    static final int NAME = 1;
    static final int STRING = 4;
    static final int INTS = 8;
    static final int TYPE = 20;
  }

  private static final class TensorProto {
    static final int DIMENSION = 1;
    static final int TYPE = 2;
    static final int NAME = 8;
    static final int RAW_DATA = 9;
  }

  private static final class ValueInfo {
    static final int NAME = 1;
    static final int TYPE = 2;
  }

  /** TypeProto with its TensorTypeProto, TensorShapeProto and Dimension. */
  private static final class TensorType {
    static final int TENSOR = 1;
    static final int ELEMENT = 1;
    static final int SHAPE = 2;
    static final int DIMENSION = 1;
    static final int VALUE = 1;
    static final int NAME = 2;
  }

  static final String INPUT = "input";

  /** The first with Resize as it is still. */
  private static final int OPERATORS = 13;

  private static final int FORMAT = 8;
  private static final int FLOAT = 1;

  /** Of AttributeProto.AttributeType. */
  private static final int STRING = 3;

  private static final int INTS = 7;

  /** A file in this format cannot be larger. */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  /** The largest number of bytes of a file beside its parameters. */
  private static final long FRAME = 1 << 20;

  private final ProtoMessage graph;
  private final UnetSpec spec;
  private final String output;
  private final Iterator<FoldedConvBlock> units;
  private final Optional<ImageSize> size;

  private OnnxExport(NetworkWeights weights, Optional<ImageSize> size) {
    this.spec = weights.spec();
    this.output = output(spec.head());
    this.graph =
        new ProtoMessage()
            .text(
                Graph.NAME,
                switch (spec.head()) {
                  case RESTORATION -> "FAIR restoration";
                  case MASK -> "FAIR discrimination";
                  case SOFT_MASK -> "FAIR localization";
                });
    this.size = size;
    this.units = FoldedConvBlock.of(weights);
  }

  /** Returns the name of the output of networks with a head. */
  public static String output(UnetSpec.Head head) {
    return switch (head) {
      case RESTORATION -> "restored";
      case MASK, SOFT_MASK -> "log_odds";
    };
  }

  /**
   * Writes a file and leaves the stream open.
   *
   * @param size of the one image that the file is to take, sides multiples of 16; empty for any
   *     number of images of any size
   * @param metadata what a user of the file should know: extractor, image size, training data
   * @throws IllegalArgumentException if the network is too large for the format (2 GiB)
   */
  public static void write(
      NetworkWeights weights,
      Optional<ImageSize> size,
      Map<String, String> metadata,
      OutputStream out)
      throws IOException {
    ProtoMessage model = new OnnxExport(weights, size).model(metadata);
    if (model.size() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a network of %s takes %d bytes, an ONNX file can have %d"
              .formatted(weights.spec(), model.size(), MAX_BYTES));
    }
    model.write(out);
  }

  /** Returns whether networks of this architecture can be written. */
  public static boolean fits(UnetSpec spec) {
    return unsuitable(spec).isEmpty();
  }

  /** Returns why networks of this architecture cannot be written; empty if they can. */
  public static Optional<String> unsuitable(UnetSpec spec) {
    return (long) Float.BYTES * spec.stateLength() + FRAME < MAX_BYTES
        ? Optional.empty()
        : Optional.of("the network is too large for an ONNX file");
  }

  /** Returns a file as an array, for any number of images of any size. */
  public static byte[] bytes(NetworkWeights weights, Map<String, String> metadata) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(weights, Optional.empty(), metadata, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private ProtoMessage model(Map<String, String> metadata) {
    boolean enlarged = false;
    String last = INPUT;
    for (UnetTopology.Step step : UnetTopology.of(spec).steps()) {
      if (step instanceof UnetTopology.Convolution) {
        last = unit(last);
      } else if (step instanceof UnetTopology.MaxPool) {
        last = pool(last);
      } else if (step instanceof UnetTopology.Upsample) {
        if (!enlarged) {
          enlarged = true;
          graph.message(
              Graph.INITIALIZER, tensor("doubled", new long[] {4}, new float[] {1, 1, 2, 2}));
        }
        last = enlarge(last);
      } else if (step instanceof UnetTopology.SkipAdd add) {
        String sum = last + ".skip";
        graph.message(Graph.NODE, node("Add", sum, last, add.from()));
        last = sum;
      }
    }
    graph.message(Graph.INPUT_VALUE, value(INPUT, spec.inputChannels()));
    graph.message(Graph.OUTPUT_VALUE, value(output, spec.head().channels()));
    ProtoMessage model =
        new ProtoMessage()
            .integer(ModelProto.IR_VERSION, FORMAT)
            .text(ModelProto.PRODUCER_NAME, "FAIR on Spark")
            .message(
                ModelProto.OPSET_IMPORT,
                new ProtoMessage()
                    .text(OperatorSet.DOMAIN, "")
                    .integer(OperatorSet.VERSION, OPERATORS))
            .message(ModelProto.GRAPH, graph);
    new TreeMap<>(metadata)
        .forEach(
            (key, text) ->
                model.message(
                    ModelProto.METADATA,
                    new ProtoMessage().text(StringEntry.KEY, key).text(StringEntry.VALUE, text)));
    return model;
  }

  private String pool(String input) {
    String output = input + ".halved";
    graph.message(
        Graph.NODE,
        node("MaxPool", output, input)
            .message(Node.ATTRIBUTE, integers("kernel_shape", 2, 2))
            .message(Node.ATTRIBUTE, integers("strides", 2, 2)));
    return output;
  }

  private String enlarge(String input) {
    String output = input + ".doubled";
    graph.message(
        Graph.NODE,
        node("Resize", output, input, "", "doubled")
            .message(Node.ATTRIBUTE, word("mode", "linear"))
            .message(Node.ATTRIBUTE, word("coordinate_transformation_mode", "align_corners")));
    return output;
  }

  /** Adds a convolution with the normalization folded in, and ReLU; returns its output's name. */
  private String unit(String input) {
    FoldedConvBlock folded = units.next();
    UnetSpec.Unit unit = folded.unit();
    String name = unit.convolution();
    String convolved = unit.normalized() ? name + ".convolved" : output;
    long[] weights = {unit.out(), unit.in(), 3, 3};
    graph.message(Graph.INITIALIZER, tensor(name + ".weight", weights, folded.weights()));
    graph.message(
        Graph.INITIALIZER, tensor(name + ".bias", new long[] {unit.out()}, folded.biases()));
    graph.message(
        Graph.NODE,
        node("Conv", convolved, input, name + ".weight", name + ".bias")
            .message(Node.ATTRIBUTE, integers("kernel_shape", 3, 3))
            .message(Node.ATTRIBUTE, integers("pads", 1, 1, 1, 1)));
    if (unit.normalized()) {
      graph.message(Graph.NODE, node("Relu", name, convolved));
    }
    return unit.normalized() ? name : output;
  }

  private static ProtoMessage node(String operator, String output, String... inputs) {
    ProtoMessage node = new ProtoMessage();
    for (String input : inputs) {
      node.text(Node.INPUT, input);
    }
    return node.text(Node.OUTPUT, output).text(Node.NAME, output).text(Node.OPERATOR, operator);
  }

  private static ProtoMessage integers(String name, long... values) {
    ProtoMessage attribute =
        new ProtoMessage().text(Attribute.NAME, name).integer(Attribute.TYPE, INTS);
    for (long value : values) {
      attribute.integer(Attribute.INTS, value);
    }
    return attribute;
  }

  private static ProtoMessage word(String name, String value) {
    return new ProtoMessage()
        .text(Attribute.NAME, name)
        .integer(Attribute.TYPE, STRING)
        .text(Attribute.STRING, value);
  }

  private static ProtoMessage tensor(String name, long[] shape, float[] values) {
    ProtoMessage tensor = new ProtoMessage();
    for (long n : shape) {
      tensor.integer(TensorProto.DIMENSION, n);
    }
    return tensor
        .integer(TensorProto.TYPE, FLOAT)
        .text(TensorProto.NAME, name)
        .floats(TensorProto.RAW_DATA, values);
  }

  private ProtoMessage value(String name, int channels) {
    ProtoMessage shape =
        new ProtoMessage()
            .message(TensorType.DIMENSION, dimension("batch", one -> 1))
            .message(TensorType.DIMENSION, length(channels))
            .message(TensorType.DIMENSION, dimension("height", ImageSize::height))
            .message(TensorType.DIMENSION, dimension("width", ImageSize::width));
    ProtoMessage type =
        new ProtoMessage()
            .message(
                TensorType.TENSOR,
                new ProtoMessage()
                    .integer(TensorType.ELEMENT, FLOAT)
                    .message(TensorType.SHAPE, shape));
    return new ProtoMessage().text(ValueInfo.NAME, name).message(ValueInfo.TYPE, type);
  }

  /** Returns a dimension: of this length in a file for one size, else free. */
  private ProtoMessage dimension(String name, ToIntFunction<ImageSize> fixed) {
    return size.isPresent()
        ? length(fixed.applyAsInt(size.get()))
        : new ProtoMessage().text(TensorType.NAME, name);
  }

  private static ProtoMessage length(int length) {
    return new ProtoMessage().integer(TensorType.VALUE, length);
  }
}
