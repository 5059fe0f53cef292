package org.fairspark.network.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a DL4J layer without parameters: what all of ours answer alike. */
abstract class NoParamConf extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  /** Makes the layer. */
  abstract AbstractLayer<?> layer(NeuralNetConfiguration conf, DataType type);

  @Override
  public final Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return placed(layer(conf, type), conf, listeners, index);
  }

  /** Tells a layer, with or without parameters, its place in the network. */
  static <L extends AbstractLayer<?>> L placed(
      L layer, NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index) {
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setConf(conf);
    return layer;
  }

  @Override
  public final ParamInitializer initializer() {
    return EmptyParamInitializer.getInstance();
  }

  @Override
  public final void setNIn(InputType input, boolean override) {
    // There are no parameters.
  }

  @Override
  public final InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public final boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public final LayerMemoryReport getMemoryReport(InputType input) {
    throw new UnsupportedOperationException("no memory report");
  }
}
