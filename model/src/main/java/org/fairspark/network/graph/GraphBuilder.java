package org.fairspark.network.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairspark.network.AdamConstants;

/**
 * A graph in the making. Every method adds something and returns its name; layers that learn get
 * their names from the caller, who finds their arrays by them, others from what they take.
 */
public final class GraphBuilder {
  private final String name;
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> targets = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final List<SampleDraw> draws = new ArrayList<>();
  private AdamConstants adam = AdamConstants.USUAL;

  /**
   * Begins a graph.
   *
   * @param name what it is
   */
  public GraphBuilder(String name) {
    this.name = name;
  }

  /** Adds an input of this shape. */
  public String input(String input, Integer... shape) {
    inputs.add(new Port(input, List.of(shape)));
    return input;
  }

  /** Adds a target of this shape, for the loss alone. */
  public String target(String target, Integer... shape) {
    targets.add(new Port(target, List.of(shape)));
    return target;
  }

  /** Adds a layer. */
  public String layer(String layer, Operation operation, String... from) {
    layers.add(new Layer(layer, operation, List.of(from)));
    return layer;
  }

  /** Adds a layer without arrays, named after what it does and takes. */
  private String unnamed(String what, Operation operation, String... from) {
    long before = layers.stream().filter(l -> l.name().startsWith(from[0] + "." + what)).count();
    return layer(from[0] + "." + what + (before == 0 ? "" : before + 1), operation, from);
  }

  /** Adds {@code name.conv}, {@code name.norm} and a ReLU: a convolution without a bias. */
  public String convBlock(String block, Convolution convolution, String from) {
    return relu(normalized(block, convolution, from));
  }

  /** Adds {@code name.conv} without a bias and {@code name.norm}, a batch normalization. */
  public String normalized(String block, Convolution convolution, String from) {
    return layer(
        block + ".norm",
        new BatchNormalization(),
        layer(block + ".conv", convolution.withoutBias(), from));
  }

  /** Adds a ReLU. */
  public String relu(String from) {
    return unnamed("relu", Pointwise.RELU, from);
  }

  /** Adds a function of every number. */
  public String each(Pointwise function, String from) {
    return unnamed(function.name().toLowerCase(Locale.ROOT), function, from);
  }

  /** Adds {@code factor x}. */
  public String scaled(String from, double factor) {
    return affine(from, factor, 0);
  }

  /** Adds {@code factor x + shift}. */
  public String affine(String from, double factor, double shift) {
    return unnamed("affine", new Affine(factor, shift), from);
  }

  /** Adds a sum. */
  public String plus(String a, String b) {
    return unnamed("plus", Arithmetic.ADD, a, b);
  }

  /** Adds a difference. */
  public String minus(String a, String b) {
    return unnamed("minus", Arithmetic.SUBTRACT, a, b);
  }

  /** Adds a product, number by number. */
  public String times(String a, String b) {
    return unnamed("times", Arithmetic.MULTIPLY, a, b);
  }

  /** Adds several maps as one. */
  public String joined(String... from) {
    return unnamed("joined", new Concatenation(), from);
  }

  /** Adds some channels of a map. */
  public String part(String from, int first, int end) {
    return unnamed("part", new Slice(first, end), from);
  }

  /** Adds the mean of each channel of a map. */
  public String globalMean(String from) {
    return unnamed("global_mean", Reduction.GLOBAL_MEAN, from);
  }

  /** Adds the sum over channels. */
  public String channelSum(String from) {
    return unnamed("channel_sum", Reduction.SUM_OF_CHANNELS, from);
  }

  /** Adds the mean over everything and over the batch, as losses are. */
  public String mean(String from) {
    return unnamed("mean", Reduction.MEAN, from);
  }

  /** Adds the logarithm of a softmax. */
  public String logSoftmax(String from) {
    return unnamed("log_softmax", new Softmax(true), from);
  }

  /** Adds the same numbers in another shape. */
  public String reshaped(String from, Integer... shape) {
    return unnamed("reshaped", new Reshape(List.of(shape)), from);
  }

  /** Adds the same numbers with the dimensions in another order, each by its number from 0. */
  public String permuted(String from, Integer... order) {
    return unnamed("permuted", new Permutation(List.of(order)), from);
  }

  /** Adds the rows of a matrix that have these numbers. */
  public String gathered(String rows, String numbers) {
    return unnamed("gathered", new Gather(), rows, numbers);
  }

  /**
   * Adds one minus the cosine of the angle between two maps' vectors at every pixel.
   *
   * @return a map of one channel, 0 where they agree, at most 2
   */
  public String cosineDistance(String a, String b) {
    String product =
        times(unnamed("unit", new UnitLength(), a), unnamed("unit", new UnitLength(), b));
    return affine(channelSum(product), -1, 1);
  }

  /** Lets samples have something that is drawn anew in every epoch. */
  public GraphBuilder drawing(SampleDraw draw) {
    draws.add(draw);
    return this;
  }

  /** Sets the constants of Adam; PyTorch's own, unless this is called. */
  public GraphBuilder adam(AdamConstants constants) {
    adam = constants;
    return this;
  }

  /**
   * Ends the graph.
   *
   * @param outputs names of what the trained network gives
   * @param loss name of what training lowers
   * @throws IllegalArgumentException if layers do not fit together
   */
  public GraphSpec build(List<String> outputs, String loss) {
    return new GraphSpec(name, inputs, targets, layers, outputs, loss, adam, draws);
  }
}
