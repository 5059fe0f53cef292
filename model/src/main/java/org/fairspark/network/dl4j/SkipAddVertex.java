package org.fairspark.network.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.backend.AlignedBuffer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;

/** The vertex of {@link SkipAdd}. */
final class SkipAddVertex extends BaseGraphVertex implements AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final transient AlignedBuffer own;

  SkipAddVertex(ComputationGraph graph, String name, int index, DataType type, boolean ownMemory) {
    super(graph, name, index, null, null, type);
    this.own = ownMemory ? new AlignedBuffer() : null;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray sum =
        own != null
            ? own.array(inputs[0].shape())
            : workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, dataType, inputs[0].shape(), 'c');
    Nd4j.exec(new AddOp(inputs[0], inputs[1], sum));
    return sum;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    // DL4J adds to the encoder's share later. By then the decoder has used its own, so that one
    // array will do for both, unless it lies in a workspace that ends with this vertex.
    INDArray decoder = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon);
    INDArray encoder =
        decoder.isAttached() ? workspaces.dup(ArrayType.ACTIVATION_GRAD, decoder) : decoder;
    return new Pair<>(null, new INDArray[] {decoder, encoder});
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    if (gradients != null) {
      throw new IllegalArgumentException("an addition has no parameters");
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return new Pair<>(null, state);
  }

  /** Frees native memory; the vertex may be used again. */
  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }

  @Override
  public String toString() {
    return "SkipAdd(" + getVertexName() + ")";
  }
}
