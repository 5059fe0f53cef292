package org.fairspark.detect.ast;

import java.util.Arrays;
import java.util.List;
import org.fairspark.network.graph.Affine;
import org.fairspark.network.graph.Arithmetic;
import org.fairspark.network.graph.ChannelOrder;
import org.fairspark.network.graph.Concatenation;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.Operation;
import org.fairspark.network.graph.Pointwise;
import org.fairspark.random.SeededRandom;

/**
 * The teacher: a normalizing flow from features to numbers of a standard normal distribution, of
 * Real-NVP coupling blocks (Dinh et al. 2017). Every block orders the channels by chance, once and
 * for all, and lets each half of them be scaled and shifted by what a small convolutional network
 * makes of the other half and of the position.
 *
 * @param channels of the features, at least 2
 * @param height of the features' maps
 * @param width of the features' maps
 * @param hidden channels between the two convolutions of a small network
 */
record CouplingFlow(int channels, int height, int width, int hidden) {
  /** Sides of the convolutions of each block. */
  private static final List<Integer> KERNELS = List.of(3, 3, 3, 5);

  /** The paper's alpha: a block scales by no more than {@code e^alpha}. */
  private static final double CLAMP = 1.9;

  /** Of the orders of channels; no run's own, so that all teachers are of one architecture. */
  private static final long ORDERS = 2023;

  /**
   * @throws IllegalArgumentException if there is but one channel, which has no other half
   */
  CouplingFlow {
    if (channels < 2) {
      throw new IllegalArgumentException(
          "a normalizing flow needs features of at least 2 channels, got " + channels);
    }
  }

  /** Returns the network; it gives the numbers, {@code float[channels][height][width]}. */
  GraphSpec spec() {
    GraphBuilder graph = new GraphBuilder("AST teacher");
    FeatureMaps.Ports maps = FeatureMaps.Ports.of(graph, channels, height, width);
    String x = maps.features();
    String logarithm = null;
    for (int block = 0; block < KERNELS.size(); block++) {
      String name = "block" + (block + 1);
      String ordered = graph.layer(name + ".ordered", order(block), x);
      String one = graph.part(ordered, 0, channels / 2);
      String other = graph.part(ordered, channels / 2, channels);
      Coupled first =
          couple(graph, name + ".first", one, channels / 2, other, maps.position(), block);
      Coupled second =
          couple(
              graph,
              name + ".second",
              other,
              channels - channels / 2,
              first.moved(),
              maps.position(),
              block);
      x = graph.layer(name, new Concatenation(), first.moved(), second.moved());
      String both = graph.plus(first.logarithm(), second.logarithm());
      logarithm = logarithm == null ? both : graph.plus(logarithm, both);
    }
    return graph.build(List.of(x), loss(graph, x, logarithm));
  }

  /**
   * The output of a coupling.
   *
   * @param moved its channels
   * @param logarithm of the determinant of its Jacobian, a map of one channel
   */
  private record Coupled(String moved, String logarithm) {}

  /**
   * Adds {@code exp(s) x + t} with s and t from the seen channels, where {@code s = 2 alpha / pi
   * arctan(u / alpha)} of what the last convolution gives, u.
   */
  private Coupled couple(
      GraphBuilder graph,
      String name,
      String x,
      int size,
      String seen,
      String position,
      int block) {
    int kernel = KERNELS.get(block);
    String hiddenMap =
        graph.relu(
            graph.layer(
                name + ".conv1", Convolution.of(hidden, kernel), graph.joined(seen, position)));
    String unscaled = graph.layer(name + ".conv2", Convolution.of(2 * size, kernel), hiddenMap);
    // A factor for each channel that begins at zero: the coupling begins as the identity.
    String both =
        graph.layer(
            name + ".gamma",
            Convolution.of(2 * size, 1)
                .grouped(2 * size)
                .withoutBias()
                .starting(Operation.Start.ZEROS),
            unscaled);
    String angle = graph.each(Pointwise.ARCTAN, graph.scaled(graph.part(both, 0, size), 1 / CLAMP));
    String scale = graph.layer(name + ".log_scale", new Affine(2 * CLAMP / Math.PI, 0), angle);
    String scaled = graph.times(x, graph.each(Pointwise.EXP, scale));
    return new Coupled(
        graph.layer(name, Arithmetic.ADD, scaled, graph.part(both, size, 2 * size)),
        graph.channelSum(scale));
  }

  /**
   * Adds the negative logarithm of the likelihood, its constant left out, as a mean over places and
   * channels: {@code (|z|^2 / 2 - log det) / channels}.
   */
  private String loss(GraphBuilder graph, String z, String logarithm) {
    String length = graph.scaled(graph.channelSum(graph.each(Pointwise.SQUARE, z)), 0.5);
    return graph.scaled(graph.mean(graph.minus(length, logarithm)), 1.0 / channels);
  }

  private ChannelOrder order(int block) {
    int[] order = new int[channels];
    Arrays.setAll(order, channel -> channel);
    SeededRandom.of(ORDERS, "channels", block).shuffle(order);
    return new ChannelOrder(Arrays.stream(order).boxed().toList());
  }
}
