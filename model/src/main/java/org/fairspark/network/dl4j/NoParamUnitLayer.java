package org.fairspark.network.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A layer without parameters.
 *
 * @param <C> its configuration
 */
abstract class NoParamUnitLayer<C extends NoParamConf> extends AbstractLayer<C> {
  private static final long serialVersionUID = 1L;

  NoParamUnitLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public final boolean isPretrainLayer() {
    return false;
  }

  @Override
  public final void clearNoiseWeightParams() {
    // There are no parameters.
  }
}
