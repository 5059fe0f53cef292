package org.fairspark.network.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.fairspark.image.ImageSize;
import org.fairspark.network.FoldedConvBlock;
import org.fairspark.network.NetworkSpec;
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
  static final String INPUT = "input";

  /** The first with Resize as it is still. */
  private static final int OPERATORS = 13;

  /** The largest number of bytes of a file beside its parameters. */
  private static final long FRAME = 1 << 20;

  private final OnnxGraph graph;
  private final UnetSpec spec;
  private final String output;
  private final Iterator<FoldedConvBlock> units;
  private final Optional<ImageSize> size;

  private OnnxExport(NetworkWeights weights, Optional<ImageSize> size) {
    this.spec = weights.unet();
    this.output = output(spec.head());
    this.graph =
        new OnnxGraph(
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
    OnnxGraph.write(weights.spec(), new OnnxExport(weights, size).model(metadata), out);
  }

  /** Returns whether networks of this architecture can be written. */
  public static boolean fits(NetworkSpec spec) {
    return unsuitable(spec).isEmpty();
  }

  /** Returns why networks of this architecture cannot be written; empty if they can. */
  public static Optional<String> unsuitable(NetworkSpec spec) {
    return (long) Float.BYTES * spec.stateLength() + FRAME < OnnxGraph.MAX_BYTES
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
          graph.floats("doubled", new long[] {4}, new float[] {1, 1, 2, 2});
        }
        last = enlarge(last);
      } else if (step instanceof UnetTopology.SkipAdd add) {
        String sum = last + ".skip";
        graph.node("Add", sum, List.of(last, add.from()));
        last = sum;
      }
    }
    graph.input(INPUT, value(spec.inputChannels()));
    graph.output(output, value(spec.head().channels()));
    return graph.model(OPERATORS, metadata);
  }

  private String pool(String input) {
    String output = input + ".halved";
    graph.node(
        "MaxPool",
        output,
        List.of(input),
        OnnxGraph.integers("kernel_shape", 2, 2),
        OnnxGraph.integers("strides", 2, 2));
    return output;
  }

  private String enlarge(String input) {
    String output = input + ".doubled";
    graph.node(
        "Resize",
        output,
        List.of(input, "", "doubled"),
        OnnxGraph.word("mode", "linear"),
        OnnxGraph.word("coordinate_transformation_mode", "align_corners"));
    return output;
  }

  /** Adds a convolution with the normalization folded in, and ReLU; returns its output's name. */
  private String unit(String input) {
    FoldedConvBlock folded = units.next();
    UnetSpec.Unit unit = folded.unit();
    String name = unit.convolution();
    String convolved = unit.normalized() ? name + ".convolved" : output;
    long[] weights = {unit.out(), unit.in(), 3, 3};
    graph.floats(name + ".weight", weights, folded.weights());
    graph.floats(name + ".bias", new long[] {unit.out()}, folded.biases());
    graph.node(
        "Conv",
        convolved,
        List.of(input, name + ".weight", name + ".bias"),
        OnnxGraph.integers("kernel_shape", 3, 3),
        OnnxGraph.integers("pads", 1, 1, 1, 1));
    if (unit.normalized()) {
      graph.node("Relu", name, List.of(convolved));
    }
    return unit.normalized() ? name : output;
  }

  private List<ProtoMessage> value(int channels) {
    return List.of(
        dimension("batch", one -> 1),
        OnnxGraph.length(channels),
        dimension("height", ImageSize::height),
        dimension("width", ImageSize::width));
  }

  /** Returns a dimension: of this length in a file for one size, else free. */
  private ProtoMessage dimension(String name, ToIntFunction<ImageSize> fixed) {
    return size.isPresent() ? OnnxGraph.length(fixed.applyAsInt(size.get())) : OnnxGraph.free(name);
  }
}
