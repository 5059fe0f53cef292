package org.fairspark.network.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.fairspark.network.UnetSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The layout of a {@link ConvBlock}'s parameters in the flat array, in the order of {@link
 * UnetSpec#tensors()}. The running statistics are parameters too, as in DL4J's own layer, so that
 * averaging over workers averages them; unlike there the variance is kept plain.
 */
final class ConvBlockParameters implements ParamInitializer {
  static final ConvBlockParameters INSTANCE = new ConvBlockParameters();

  // Without underscores: DL4J splits "layer_parameter" at the last one.
  static final String WEIGHT = "W";
  static final String BIAS = "b";
  static final String SCALE = "gamma";
  static final String SHIFT = "beta";
  static final String MEAN = "mean";
  static final String VARIANCE = "var";

  private ConvBlockParameters() {}

  static boolean isStatistic(String name) {
    return name.equals(MEAN) || name.equals(VARIANCE);
  }

  private static Map<String, long[]> shapes(ConvBlock unit) {
    long out = unit.getNOut();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(WEIGHT, new long[] {out, unit.getNIn(), 3, 3});
    shapes.put(BIAS, new long[] {out});
    if (unit.normalized()) {
      for (String name : List.of(SCALE, SHIFT, MEAN, VARIANCE)) {
        shapes.put(name, new long[] {out});
      }
    }
    return shapes;
  }

  static Map<String, INDArray> views(ConvBlock unit, INDArray flat) {
    INDArray vector = flat.reshape(flat.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, long[]> entry : shapes(unit).entrySet()) {
      long length = 1;
      for (long n : entry.getValue()) {
        length *= n;
      }
      INDArray view = vector.get(NDArrayIndex.interval(offset, offset + length));
      views.put(entry.getKey(), view.reshape('c', entry.getValue()));
      offset += length;
    }
    return views;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    ConvBlock unit = (ConvBlock) layer;
    return unit.getNOut() * (9 * unit.getNIn() + (unit.normalized() ? 5 : 1));
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return new ArrayList<>(shapes((ConvBlock) layer).keySet());
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return key.equals(WEIGHT);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return key.equals(BIAS);
  }

  /**
   * Sets neutral values: the network's owner sets the initial ones, tensor by tensor, from a seed.
   */
  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
    Map<String, INDArray> views = views((ConvBlock) conf.getLayer(), parameters);
    for (Map.Entry<String, INDArray> entry : views.entrySet()) {
      conf.addVariable(entry.getKey());
      if (initialize) {
        boolean one = entry.getKey().equals(SCALE) || entry.getKey().equals(VARIANCE);
        entry.getValue().assign(one ? 1 : 0);
      }
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradients) {
    return views((ConvBlock) conf.getLayer(), gradients);
  }
}
