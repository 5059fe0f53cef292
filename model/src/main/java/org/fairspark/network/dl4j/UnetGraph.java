package org.fairspark.network.dl4j;

import java.util.Iterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.fairspark.network.NetworkSpec;
import org.nd4j.linalg.api.buffer.DataType;

/** The restoration network as a DL4J graph. Vertices bear the names of the reference code. */
final class UnetGraph {
  static final String INPUT = "input";
  static final String OUTPUT = "restored";

  private final ComputationGraphConfiguration.GraphBuilder builder;
  private final Iterator<NetworkSpec.Unit> units;
  private final boolean portable;
  private String last = INPUT;

  private UnetGraph(NetworkSpec shape, boolean portable) {
    this.portable = portable;
    builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .miniBatch(false) // the loss is a mean over the batch already
            .updater(new TorchAdam(1e-4))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(INPUT);
    units = shape.units().iterator();
    String[] skips = new String[NetworkSpec.LEVELS + 1];
    for (int level = 1; level <= NetworkSpec.LEVELS; level++) {
      if (level > 1) {
        resample("encoder.mp" + (level - 1), Resample.Kind.HALVE);
      }
      unit();
      unit();
      skips[level] = last;
    }
    for (int step = 1; step < NetworkSpec.LEVELS; step++) {
      resample("decoder.up" + step + ".0", Resample.Kind.DOUBLE);
      unit();
      if (shape.skips()) {
        String name = "decoder.skip" + step;
        builder.addVertex(name, new SkipAdd(portable), last, skips[NetworkSpec.LEVELS - step]);
        last = name;
      }
      unit();
      unit();
    }
    unit();
    builder.addLayer(OUTPUT, LossUnit.of(shape.head()), last);
    builder.setOutputs(OUTPUT);
  }

  /**
   * The graph's configuration. Its arrays are {@code [n][height][width][channels]}.
   *
   * @param portable whether to use ND4J's operations even where oneDNN could be called directly
   */
  static ComputationGraphConfiguration configuration(NetworkSpec shape, boolean portable) {
    return new UnetGraph(shape, portable).builder.build();
  }

  private void unit() {
    NetworkSpec.Unit unit = units.next();
    builder.addLayer(unit.convolution(), ConvBlock.of(unit, last.equals(INPUT), portable), last);
    last = unit.convolution();
  }

  private void resample(String name, Resample.Kind kind) {
    builder.addLayer(name, new Resample(kind, portable), last);
    last = name;
  }
}
