package org.fairspark.network.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.network.TrainedGraph;

/**
 * A trained graph by ONNX Runtime, one sample at a time, because layers round differently for
 * another number of samples. Several threads may use one; close it when all are done.
 */
public final class OnnxTrainedGraph implements TrainedGraph {
  private final OrtSession session;
  private final Map<String, long[]> inputs = new LinkedHashMap<>();
  private final List<String> outputs;

  private OnnxTrainedGraph(OrtSession session) throws OrtException {
    this.session = session;
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      long[] shape = ((TensorInfo) input.getValue().getInfo()).getShape();
      shape[0] = 1;
      inputs.put(input.getKey(), shape);
    }
    this.outputs = List.copyOf(session.getOutputNames());
  }

  /**
   * Prepares a file that {@link GraphExport} wrote.
   *
   * @param threads how many may work on one sample
   * @param gpu CUDA's number of the GPU; empty for the CPU
   * @throws IllegalArgumentException if ONNX Runtime cannot open the file
   * @throws IllegalStateException if ONNX Runtime is {@link OnnxRestorer#unavailable}
   */
  public static OnnxTrainedGraph open(byte[] file, int threads, OptionalInt gpu) {
    return OnnxSessions.open(file, threads, gpu, OnnxTrainedGraph::new);
  }

  @Override
  public List<float[]> run(List<float[]> values) {
    if (values.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "the network takes the inputs %s, got %d".formatted(inputs.keySet(), values.size()));
    }
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, long[]> input : inputs.entrySet()) {
        given.put(input.getKey(), tensor(input, values.get(given.size())));
      }
      try (OrtSession.Result result = session.run(given)) {
        List<float[]> all = new ArrayList<>(outputs.size());
        for (String output : outputs) {
          FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
          float[] own = new float[buffer.remaining()];
          buffer.get(own);
          all.add(own);
        }
        return all;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Map.Entry<String, long[]> input, float[] values) throws OrtException {
    long expected = Arrays.stream(input.getValue()).reduce(1, Math::multiplyExact);
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "the input %s has the shape %s, got %d values"
              .formatted(input.getKey(), Arrays.toString(input.getValue()), values.length));
    }
    return OnnxSessions.tensor(values, input.getValue());
  }

  /** Frees native memory. */
  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
