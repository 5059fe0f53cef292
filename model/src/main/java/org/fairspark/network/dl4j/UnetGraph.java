package org.fairspark.network.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.UnetTopology;
import org.nd4j.linalg.api.buffer.DataType;

/** The restoration network as a DL4J graph. Vertices bear the names of the reference code. */
final class UnetGraph {
  static final String INPUT = "input";
  static final String OUTPUT = "restored";

  private final ComputationGraphConfiguration.GraphBuilder builder;
  private final boolean portable;
  private String last = INPUT;

  private UnetGraph(UnetSpec spec, boolean portable) {
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
    UnetTopology.of(spec).steps().forEach(this::add);
    builder.addLayer(OUTPUT, LossUnit.of(spec.head()), last);
    builder.setOutputs(OUTPUT);
  }

  /**
   * Returns the graph's configuration. Its arrays are {@code [n][height][width][channels]}.
   *
   * @param portable whether to use ND4J's operations even where oneDNN could be called directly
   */
  static ComputationGraphConfiguration configuration(UnetSpec spec, boolean portable) {
    return new UnetGraph(spec, portable).builder.build();
  }

  private void add(UnetTopology.Step step) {
    String name = step.name();
    if (step instanceof UnetTopology.Convolution convolution) {
      boolean first = last.equals(INPUT);
      builder.addLayer(name, ConvBlock.of(convolution.unit(), first, portable), last);
    } else if (step instanceof UnetTopology.MaxPool) {
      builder.addLayer(name, new Resample(Resample.Kind.HALVE, portable), last);
    } else if (step instanceof UnetTopology.Upsample) {
      builder.addLayer(name, new Resample(Resample.Kind.DOUBLE, portable), last);
    } else if (step instanceof UnetTopology.SkipAdd add) {
      builder.addVertex(name, new SkipAdd(portable), last, add.from());
    }
    last = name;
  }
}
