package org.fairspark.network.dl4j;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of the vertex that adds an encoder block's output to a decoder's. */
public class SkipAdd extends GraphVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private boolean portable;

  /** Makes an empty instance for deserialization. */
  SkipAdd() {}

  SkipAdd(boolean portable) {
    this.portable = portable;
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public SkipAdd clone() {
    return new SkipAdd(portable);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SkipAdd add && add.portable == portable;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(portable);
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return new SkipAddVertex(graph, name, index, type, NativeBackend.fast(portable));
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return inputs[0];
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    throw new UnsupportedOperationException("no memory report");
  }
}
