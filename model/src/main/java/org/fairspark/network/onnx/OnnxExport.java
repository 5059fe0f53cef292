package org.fairspark.network.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fairspark.network.FoldedConvBlock;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;

/**
 * Writes a trained network as an ONNX file, which opens elsewhere: evaluation mode, batch
 * normalization folded into the convolutions.
 *
 * <p>The input is {@code input: float[batch][channels][height][width]}, the output {@code restored:
 * float[batch][3][height][width]}; batch, height and width are free, the latter two multiples of
 * 16.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">the format</a>
 */
public final class OnnxExport {
  static final String INPUT = "input";
  static final String OUTPUT = "restored";

  /** The first with Resize as it is still. */
  private static final int OPERATORS = 13;

  private static final int FORMAT = 8;
  private static final int FLOAT = 1;

  /** Of AttributeProto.AttributeType. */
  private static final int STRING = 3;

  private static final int INTS = 7;

  /** A file in this format cannot be larger. */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  /** What a file holds beside its parameters, at most. */
  private static final long FRAME = 1 << 20;

  private final ProtoMessage graph = new ProtoMessage().text(2, "FAIR restoration");
  private final NetworkSpec shape;
  private final Iterator<FoldedConvBlock> units;

  private OnnxExport(NetworkWeights state) {
    this.shape = state.spec();
    this.units = FoldedConvBlock.of(state);
  }

  /**
   * Writes a file and leaves the stream open.
   *
   * @param metadata what a user of the file should know: extractor, image size, training data
   * @throws IllegalArgumentException if the network is too large for the format (2 GiB)
   */
  public static void write(NetworkWeights state, Map<String, String> metadata, OutputStream out)
      throws IOException {
    ProtoMessage model = new OnnxExport(state).model(metadata);
    if (model.size() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a network of %s takes %d bytes, an ONNX file can have %d"
              .formatted(state.spec(), model.size(), MAX_BYTES));
    }
    model.write(out);
  }

  /** Whether a network is small enough for the format. */
  public static boolean fits(NetworkSpec spec) {
    return unsuitable(spec).isEmpty();
  }

  /** Why networks of this architecture cannot be written, if so. */
  public static Optional<String> unsuitable(NetworkSpec spec) {
    if (spec.head() != NetworkSpec.Head.RESTORATION) {
      return Optional.of("an ONNX file holds networks that restore, this one makes masks");
    }
    return (long) Float.BYTES * spec.stateLength() + FRAME < MAX_BYTES
        ? Optional.empty()
        : Optional.of("the network is too large for an ONNX file");
  }

  /** The same as an array. */
  public static byte[] bytes(NetworkWeights state, Map<String, String> metadata) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(state, metadata, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private ProtoMessage model(Map<String, String> metadata) {
    String[] skips = new String[NetworkSpec.LEVELS + 1];
    String last = INPUT;
    for (int level = 1; level <= NetworkSpec.LEVELS; level++) {
      if (level > 1) {
        last = pool(last);
      }
      last = unit(unit(last));
      skips[level] = last;
    }
    graph.message(5, tensor("doubled", new long[] {4}, new float[] {1, 1, 2, 2}));
    for (int step = 1; step < NetworkSpec.LEVELS; step++) {
      last = unit(enlarge(last));
      if (shape.skips()) {
        String sum = last + ".skip";
        graph.message(1, node("Add", sum, last, skips[NetworkSpec.LEVELS - step]));
        last = sum;
      }
      last = unit(unit(last));
    }
    unit(last);
    graph.message(11, value(INPUT, shape.inputChannels()));
    graph.message(12, value(OUTPUT, NetworkSpec.OUTPUT_CHANNELS));
    ProtoMessage model =
        new ProtoMessage()
            .integer(1, FORMAT)
            .text(2, "FAIR on Spark")
            .message(8, new ProtoMessage().text(1, "").integer(2, OPERATORS))
            .message(7, graph);
    new TreeMap<>(metadata)
        .forEach((key, text) -> model.message(14, new ProtoMessage().text(1, key).text(2, text)));
    return model;
  }

  private String pool(String input) {
    String output = input + ".halved";
    graph.message(
        1,
        node("MaxPool", output, input)
            .message(5, integers("kernel_shape", 2, 2))
            .message(5, integers("strides", 2, 2)));
    return output;
  }

  private String enlarge(String input) {
    String output = input + ".doubled";
    graph.message(
        1,
        node("Resize", output, input, "", "doubled")
            .message(5, word("mode", "linear"))
            .message(5, word("coordinate_transformation_mode", "align_corners")));
    return output;
  }

  /** A convolution with the normalization folded in, and ReLU. */
  private String unit(String input) {
    FoldedConvBlock folded = units.next();
    NetworkSpec.Unit unit = folded.unit();
    String name = unit.convolution();
    String convolved = unit.normalized() ? name + ".convolved" : OUTPUT;
    long[] weights = {unit.out(), unit.in(), 3, 3};
    graph.message(5, tensor(name + ".weight", weights, folded.weights()));
    graph.message(5, tensor(name + ".bias", new long[] {unit.out()}, folded.biases()));
    graph.message(
        1,
        node("Conv", convolved, input, name + ".weight", name + ".bias")
            .message(5, integers("kernel_shape", 3, 3))
            .message(5, integers("pads", 1, 1, 1, 1)));
    if (unit.normalized()) {
      graph.message(1, node("Relu", name, convolved));
    }
    return unit.normalized() ? name : OUTPUT;
  }

  private static ProtoMessage node(String operator, String output, String... inputs) {
    ProtoMessage node = new ProtoMessage();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(3, output).text(4, operator);
  }

  private static ProtoMessage integers(String name, long... values) {
    ProtoMessage attribute = new ProtoMessage().text(1, name).integer(20, INTS);
    for (long value : values) {
      attribute.integer(8, value);
    }
    return attribute;
  }

  private static ProtoMessage word(String name, String value) {
    return new ProtoMessage().text(1, name).integer(20, STRING).text(4, value);
  }

  private static ProtoMessage tensor(String name, long[] shape, float[] values) {
    ProtoMessage tensor = new ProtoMessage();
    for (long n : shape) {
      tensor.integer(1, n);
    }
    return tensor.integer(2, FLOAT).text(8, name).floats(9, values);
  }

  private static ProtoMessage value(String name, int channels) {
    ProtoMessage shape =
        new ProtoMessage()
            .message(1, new ProtoMessage().text(2, "batch"))
            .message(1, new ProtoMessage().integer(1, channels))
            .message(1, new ProtoMessage().text(2, "height"))
            .message(1, new ProtoMessage().text(2, "width"));
    ProtoMessage type =
        new ProtoMessage().message(1, new ProtoMessage().integer(1, FLOAT).message(2, shape));
    return new ProtoMessage().text(1, name).message(2, type);
  }
}
