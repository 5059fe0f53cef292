package org.fairspark.network.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.fairspark.network.UnetSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of the DL4J output layer: passes what the network made through and compares it with
 * the target, by the loss of its head.
 */
public class LossUnit extends NoParamConf {
  private static final long serialVersionUID = 2L;

  @JsonProperty private UnetSpec.Head head;

  /** Makes an empty instance for deserialization. */
  LossUnit() {}

  /** Describes the output of a network. */
  static LossUnit of(UnetSpec.Head head) {
    LossUnit unit = new LossUnit();
    unit.head = head;
    return unit;
  }

  UnetSpec.Head head() {
    return head;
  }

  @Override
  AbstractLayer<?> layer(NeuralNetConfiguration conf, DataType type) {
    return new LossUnitLayer(conf, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return input;
  }

  @Override
  public List<Regularization> getRegularizationByParam(String name) {
    return List.of();
  }
}
