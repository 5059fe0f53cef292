package org.fairspark.detect.ast;

import java.util.List;
import org.fairspark.network.graph.Arithmetic;
import org.fairspark.network.graph.BatchNormalization;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.LeakyRelu;
import org.fairspark.network.graph.Pointwise;

/**
 * The student: a convolutional network with residual blocks that learns to give what the teacher
 * gives on normal images. Unlike the teacher it can map many features to one output, so that off
 * the normal ones they part.
 *
 * @param channels of the features
 * @param height of the features' maps
 * @param width of the features' maps
 * @param hidden channels within
 */
record ResidualStudent(int channels, int height, int width, int hidden) {
  private static final int BLOCKS = 4;
  private static final LeakyRelu ACTIVATION = new LeakyRelu(0.01);

  /**
   * Returns the network; its target is the teacher's output, and its loss the mean squared distance
   * from it.
   */
  GraphSpec spec() {
    GraphBuilder graph = new GraphBuilder("AST student");
    FeatureMaps.Ports maps = FeatureMaps.Ports.of(graph, channels, height, width);
    String wanted = graph.target("latent", channels, height, width);
    String x =
        graph.layer(
            "entry.activation",
            ACTIVATION,
            graph.layer(
                "entry",
                Convolution.of(hidden, 3),
                graph.joined(maps.position(), maps.features())));
    for (int block = 1; block <= BLOCKS; block++) {
      String name = "block" + block;
      String once = convolved(graph, name + ".1", x);
      x = graph.layer(name, Arithmetic.ADD, convolved(graph, name + ".2", once), x);
    }
    String output = graph.layer("exit", Convolution.of(channels, 3), x);
    String loss = graph.mean(graph.each(Pointwise.SQUARE, graph.minus(output, wanted)));
    return graph.build(List.of(output), loss);
  }

  private String convolved(GraphBuilder graph, String name, String x) {
    String map = graph.layer(name + ".conv", Convolution.of(hidden, 3).withoutBias(), x);
    String normalized = graph.layer(name + ".norm", new BatchNormalization(), map);
    return graph.layer(name + ".activation", ACTIVATION, normalized);
  }
}
