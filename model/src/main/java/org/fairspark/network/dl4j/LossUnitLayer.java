package org.fairspark.network.dl4j;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.CrossEntropyLoss;
import org.fairspark.network.FocalLoss;
import org.fairspark.network.Loss;
import org.fairspark.network.RestorationLoss;
import org.fairspark.network.backend.HostArrays;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The output layer of {@link LossUnit}. Its gradient is that of the mean over the batch already:
 * the graph must not be configured to divide by the batch size.
 */
final class LossUnitLayer extends NoParamUnitLayer<LossUnit> implements IOutputLayer {
  private static final long serialVersionUID = 1L;

  private transient INDArray labels;
  private transient Loss loss;

  LossUnitLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** Returns the loss of the last training step. */
  Loss loss() {
    return loss;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    return workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    float[] gradient = new float[(int) input.length()];
    loss = compute(gradient);
    INDArray next =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    HostArrays.put(next, gradient);
    return new Pair<>(new DefaultGradient(), next);
  }

  private Loss compute(float[] gradient) {
    if (labels == null || !input.equalShapes(labels)) {
      throw new IllegalStateException(
          "expected targets of shape %s, got %s"
              .formatted(
                  Arrays.toString(input.shape()),
                  labels == null ? "none" : Arrays.toString(labels.shape())));
    }
    float[] output = HostArrays.get(input);
    float[] target = HostArrays.get(labels);
    return switch (layerConf().head()) {
      case RESTORATION ->
          RestorationLoss.compute(
              output,
              target,
              (int) input.size(1),
              (int) input.size(2),
              (int) input.size(3),
              gradient,
              NativeBackend.threads());
      case MASK -> FocalLoss.compute(output, target, gradient);
      case SOFT_MASK -> CrossEntropyLoss.compute(output, target, gradient);
    };
  }

  @Override
  public double computeScore(
      double regularization, boolean training, LayerWorkspaceMgr workspaces) {
    if (!training || loss == null) {
      loss = compute(null);
    }
    return loss.total() + regularization;
  }

  @Override
  public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException("the loss is defined for a whole batch only");
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public void setLabels(INDArray labels) {
    this.labels = labels;
  }

  @Override
  public INDArray getLabels() {
    return labels;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface still asks for it.
  public int numLabels() {
    return layerConf().head().channels();
  }

  @Override
  public double f1Score(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public double f1Score(INDArray examples, INDArray labels) {
    throw notAClassifier();
  }

  @Override
  public void fit(DataSetIterator data) {
    throw notAClassifier();
  }

  @Override
  public int[] predict(INDArray examples) {
    throw notAClassifier();
  }

  @Override
  public List<String> predict(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public void fit(INDArray examples, INDArray labels) {
    throw notAClassifier();
  }

  @Override
  public void fit(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public void fit(INDArray examples, int[] labels) {
    throw notAClassifier();
  }

  private static UnsupportedOperationException notAClassifier() {
    return new UnsupportedOperationException("a restoration is not a classification");
  }
}
