package org.fairspark.network.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.Port;

/**
 * Writer of a trained graph as an ONNX file: what its outputs need, in evaluation mode. Inputs and
 * outputs bear the graph's names; the batch is free, all other sizes are the graph's.
 */
public final class GraphExport {
  private GraphExport() {}

  /**
   * Writes a file and leaves the stream open.
   *
   * @param metadata what a user of the file should know
   * @throws IllegalArgumentException if the weights are not of a graph, or too many for the format
   */
  public static void write(NetworkWeights weights, Map<String, String> metadata, OutputStream out)
      throws IOException {
    if (!(weights.spec() instanceof GraphSpec spec)) {
      throw new IllegalArgumentException("not a graph of layers: " + weights.spec());
    }
    OnnxGraph graph = new OnnxGraph(spec.name());
    Map<String, String> given = new HashMap<>();
    for (Port input : spec.inputs()) {
      given.put(input.name(), input.name());
      graph.input(input.name(), dimensions(input.shape()));
    }
    Set<String> tensors = new HashSet<>();
    for (NetworkSpec.TensorSpec tensor : spec.ofOutputs()) {
      tensors.add(tensor.name());
      graph.floats(
          tensor.name(),
          tensor.shape().stream().mapToLong(Integer::longValue).toArray(),
          Arrays.copyOfRange(
              weights.parameters(), tensor.offset(), tensor.offset() + tensor.length()));
    }
    spec.run(new OnnxLayers(graph, tensors), given, spec.outputs());
    Map<String, List<Integer>> shapes = spec.shapes();
    spec.outputs().forEach(output -> graph.output(output, dimensions(shapes.get(output))));
    OnnxGraph.write(spec, graph.model(OnnxLayers.OPERATORS, metadata), out);
  }

  /** Returns a file as an array. */
  public static byte[] bytes(NetworkWeights weights, Map<String, String> metadata) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(weights, metadata, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static List<ProtoMessage> dimensions(List<Integer> shape) {
    List<ProtoMessage> dimensions = new ArrayList<>();
    dimensions.add(OnnxGraph.free("batch"));
    shape.forEach(length -> dimensions.add(OnnxGraph.length(length)));
    return dimensions;
  }
}
