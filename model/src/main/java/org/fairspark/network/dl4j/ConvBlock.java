package org.fairspark.network.dl4j;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of one DL4J layer for a 3x3 convolution of stride 1 and padding 1 and, if
 * normalized, the batch normalization and ReLU that follow it. One layer for the three, so that an
 * implementation may compute them together.
 */
public class ConvBlock extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  /** Share of the new batch in the running statistics, as in PyTorch. */
  static final double MOMENTUM = 0.1;

  @JsonProperty private boolean normalized;
  @JsonProperty private boolean first;
  @JsonProperty private boolean portable;

  /** Makes an empty instance for deserialization. */
  ConvBlock() {}

  private ConvBlock(Builder builder) {
    super(builder);
    this.normalized = builder.normalized;
    this.first = builder.first;
    this.portable = builder.portable;
  }

  /**
   * Describes a unit.
   *
   * @param first whether its input is the network's own, whose derivative is not needed
   * @param portable whether to use ND4J's operations even where oneDNN could be called directly
   */
  static ConvBlock of(UnetSpec.Unit unit, boolean first, boolean portable) {
    Builder builder = new Builder();
    builder.normalized = unit.normalized();
    builder.first = first;
    builder.portable = portable;
    return builder.nIn(unit.in()).nOut(unit.out()).build();
  }

  boolean normalized() {
    return normalized;
  }

  boolean first() {
    return first;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    BaseConvBlockLayer layer =
        NativeBackend.fast(portable)
            ? new OneDnnConvBlockLayer(conf, type)
            : new ConvBlockLayer(conf, type);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    return NoParamConf.placed(layer, conf, listeners, index);
  }

  @Override
  public ParamInitializer initializer() {
    return ConvBlockParameters.INSTANCE;
  }

  /** Returns no updater for running statistics: the layer sets them itself. */
  @Override
  public IUpdater getUpdaterByParam(String name) {
    return ConvBlockParameters.isStatistic(name) ? new NoOp() : super.getUpdaterByParam(name);
  }

  @Override
  public List<Regularization> getRegularizationByParam(String name) {
    return List.of();
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    InputType.InputTypeConvolutional in = (InputType.InputTypeConvolutional) input;
    return InputType.convolutional(in.getHeight(), in.getWidth(), getNOut(), CNN2DFormat.NHWC);
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    // Always given.
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    throw new UnsupportedOperationException("no memory report");
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && other instanceof ConvBlock unit && unit.normalized == normalized;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Objects.hash(normalized, first, portable);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof ConvBlock;
  }

  private static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private boolean normalized;
    private boolean first;
    private boolean portable;

    @Override
    @SuppressWarnings("unchecked")
    public ConvBlock build() {
      return new ConvBlock(this);
    }
  }
}
