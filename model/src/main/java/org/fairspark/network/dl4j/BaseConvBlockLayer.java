package org.fairspark.network.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;

/** A {@link ConvBlock}, whatever computes it. */
abstract class BaseConvBlockLayer extends BaseLayer<ConvBlock> {
  private static final long serialVersionUID = 1L;

  BaseConvBlockLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public final boolean isPretrainLayer() {
    return false;
  }

  @Override
  public final void clearNoiseWeightParams() {
    // There is no weight noise.
  }
}
