package org.fairspark.network.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fairspark.network.NetworkSpec;

/**
 * An ONNX graph in the making: nodes, the numbers that they need, inputs and outputs, written in
 * the order in which they come.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">the format</a>
 */
final class OnnxGraph {
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
    static final int INTEGER = 3;
    static final int STRING = 4;
    static final int INTS = 8;
    static final int TYPE = 20;
  }

  private static final class TensorProto {
    static final int DIMENSION = 1;
    static final int TYPE = 2;
    static final int LONGS = 7;
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

  private static final int FORMAT = 8;
  private static final int FLOAT = 1;
  static final int INT64 = 7;

  // Of AttributeProto.AttributeType.

  private static final int INTEGER = 2;
  private static final int STRING = 3;
  private static final int INTS = 7;

  /** A file in this format cannot be larger. */
  static final long MAX_BYTES = Integer.MAX_VALUE;

  private final ProtoMessage graph;

  OnnxGraph(String name) {
    graph = new ProtoMessage().text(Graph.NAME, name);
  }

  /** Adds an operation that gives one output, which is its name too. */
  void node(String operator, String output, List<String> inputs, ProtoMessage... attributes) {
    ProtoMessage node = new ProtoMessage();
    inputs.forEach(input -> node.text(Node.INPUT, input));
    node.text(Node.OUTPUT, output).text(Node.NAME, output).text(Node.OPERATOR, operator);
    for (ProtoMessage attribute : attributes) {
      node.message(Node.ATTRIBUTE, attribute);
    }
    graph.message(Graph.NODE, node);
  }

  /** Adds constant numbers. */
  void floats(String name, long[] shape, float[] values) {
    graph.message(
        Graph.INITIALIZER,
        tensor(shape, FLOAT).text(TensorProto.NAME, name).floats(TensorProto.RAW_DATA, values));
  }

  /** Adds a vector of constant whole numbers. */
  void longs(String name, long... values) {
    ProtoMessage tensor = tensor(new long[] {values.length}, INT64);
    for (long value : values) {
      tensor.integer(TensorProto.LONGS, value);
    }
    graph.message(Graph.INITIALIZER, tensor.text(TensorProto.NAME, name));
  }

  private static ProtoMessage tensor(long[] shape, int type) {
    ProtoMessage tensor = new ProtoMessage();
    for (long n : shape) {
      tensor.integer(TensorProto.DIMENSION, n);
    }
    return tensor.integer(TensorProto.TYPE, type);
  }

  /** Adds an input of the file: float32, with these dimensions. */
  void input(String name, List<ProtoMessage> dimensions) {
    graph.message(Graph.INPUT_VALUE, value(name, dimensions));
  }

  /** Adds an output of the file: float32, with these dimensions. */
  void output(String name, List<ProtoMessage> dimensions) {
    graph.message(Graph.OUTPUT_VALUE, value(name, dimensions));
  }

  private static ProtoMessage value(String name, List<ProtoMessage> dimensions) {
    ProtoMessage shape = new ProtoMessage();
    dimensions.forEach(dimension -> shape.message(TensorType.DIMENSION, dimension));
    ProtoMessage type =
        new ProtoMessage()
            .message(
                TensorType.TENSOR,
                new ProtoMessage()
                    .integer(TensorType.ELEMENT, FLOAT)
                    .message(TensorType.SHAPE, shape));
    return new ProtoMessage().text(ValueInfo.NAME, name).message(ValueInfo.TYPE, type);
  }

  /** Returns a dimension of a fixed length. */
  static ProtoMessage length(int length) {
    return new ProtoMessage().integer(TensorType.VALUE, length);
  }

  /** Returns a dimension of any length. */
  static ProtoMessage free(String name) {
    return new ProtoMessage().text(TensorType.NAME, name);
  }

  /** Returns an attribute of several whole numbers. */
  static ProtoMessage integers(String name, long... values) {
    ProtoMessage attribute = attribute(name, INTS);
    for (long value : values) {
      attribute.integer(Attribute.INTS, value);
    }
    return attribute;
  }

  /** Returns an attribute of one whole number, which may be negative. */
  static ProtoMessage integer(String name, long value) {
    return attribute(name, INTEGER).integer(Attribute.INTEGER, value);
  }

  /** Returns an attribute of one word. */
  static ProtoMessage word(String name, String value) {
    return attribute(name, STRING).text(Attribute.STRING, value);
  }

  private static ProtoMessage attribute(String name, int type) {
    return new ProtoMessage().text(Attribute.NAME, name).integer(Attribute.TYPE, type);
  }

  /**
   * Ends the graph.
   *
   * @param operators version of the operators
   * @param metadata what a user of the file should know
   */
  ProtoMessage model(int operators, Map<String, String> metadata) {
    ProtoMessage model =
        new ProtoMessage()
            .integer(ModelProto.IR_VERSION, FORMAT)
            .text(ModelProto.PRODUCER_NAME, "FAIR on Spark")
            .message(
                ModelProto.OPSET_IMPORT,
                new ProtoMessage()
                    .text(OperatorSet.DOMAIN, "")
                    .integer(OperatorSet.VERSION, operators))
            .message(ModelProto.GRAPH, graph);
    new TreeMap<>(metadata)
        .forEach(
            (key, text) ->
                model.message(
                    ModelProto.METADATA,
                    new ProtoMessage().text(StringEntry.KEY, key).text(StringEntry.VALUE, text)));
    return model;
  }

  /**
   * Writes a model and leaves the stream open.
   *
   * @param spec of the network, for the message
   * @throws IllegalArgumentException if it is too large for the format (2 GiB)
   */
  static void write(NetworkSpec spec, ProtoMessage model, OutputStream out) throws IOException {
    if (model.size() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a network of %s takes %d bytes, an ONNX file can have %d"
              .formatted(spec, model.size(), MAX_BYTES));
    }
    model.write(out);
  }
}
