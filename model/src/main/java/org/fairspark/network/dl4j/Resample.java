package org.fairspark.network.dl4j;

import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of a DL4J layer that halves or doubles height and width. */
public class Resample extends NoParamConf {
  private static final long serialVersionUID = 1L;

  /** The operation. */
  enum Kind {
    /** The maximum of each 2x2 square. */
    HALVE,
    /** Bilinear interpolation at twice the size, corner pixels on corner pixels. */
    DOUBLE
  }

  @JsonProperty private Kind kind;
  @JsonProperty private boolean portable;

  /** Makes an empty instance for deserialization. */
  Resample() {}

  Resample(Kind kind, boolean portable) {
    this.kind = kind;
    this.portable = portable;
  }

  Kind kind() {
    return kind;
  }

  @Override
  AbstractLayer<?> layer(NeuralNetConfiguration conf, DataType type) {
    return NativeBackend.fast(portable)
        ? new OneDnnResampleLayer(conf, type)
        : new ResampleLayer(conf, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    InputType.InputTypeConvolutional in = (InputType.InputTypeConvolutional) input;
    return kind == Kind.HALVE
        ? InputType.convolutional(
            in.getHeight() / 2, in.getWidth() / 2, in.getChannels(), CNN2DFormat.NHWC)
        : InputType.convolutional(
            in.getHeight() * 2, in.getWidth() * 2, in.getChannels(), CNN2DFormat.NHWC);
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof Resample resample
        && resample.kind == kind
        && resample.portable == portable;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Objects.hash(kind, portable);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Resample;
  }
}
