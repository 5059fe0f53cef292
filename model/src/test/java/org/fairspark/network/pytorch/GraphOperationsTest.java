package org.fairspark.network.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.fairspark.network.dl4j.Dl4jTrainerTest.noise;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.graph.Affine;
import org.fairspark.network.graph.Arithmetic;
import org.fairspark.network.graph.BatchNormalization;
import org.fairspark.network.graph.ChannelOrder;
import org.fairspark.network.graph.Concatenation;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.Embedding;
import org.fairspark.network.graph.Enlargement;
import org.fairspark.network.graph.Gather;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.LayerNormalization;
import org.fairspark.network.graph.LeakyRelu;
import org.fairspark.network.graph.Linear;
import org.fairspark.network.graph.Nearest;
import org.fairspark.network.graph.Offset;
import org.fairspark.network.graph.Operation;
import org.fairspark.network.graph.Permutation;
import org.fairspark.network.graph.Pointwise;
import org.fairspark.network.graph.Pooling;
import org.fairspark.network.graph.Product;
import org.fairspark.network.graph.Reduction;
import org.fairspark.network.graph.Reshape;
import org.fairspark.network.graph.Shared;
import org.fairspark.network.graph.Slice;
import org.fairspark.network.graph.Softmax;
import org.fairspark.network.graph.TransposedConvolution;
import org.fairspark.network.graph.UnitLength;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of graphs: ONNX Runtime computes what PyTorch computes in evaluation mode, and
 * PyTorch's gradients are what differences of the loss say.
 */
class GraphOperationsTest {
  private static final int N = 2;
  private static final int CHANNELS = 4;
  private static final int SIDE = 6;

  @BeforeAll
  static void pytorch() {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
  }

  private static Arguments unary(String name, Operation operation) {
    return graph(name, (graph, map) -> graph.layer("tested", operation, map));
  }

  private static Arguments graph(String name, BiFunction<GraphBuilder, String, String> tested) {
    return Arguments.of(name, tested);
  }

  static Stream<Arguments> operations() {
    Stream<Arguments> functions =
        Arrays.stream(Pointwise.values())
            .map(
                function ->
                    graph(
                        function.name(),
                        (graph, map) ->
                            // Positive numbers, for roots and logarithms.
                            graph.layer(
                                "tested",
                                function,
                                graph.affine(graph.each(Pointwise.SIGMOID, map), 2, 0.1))));
    Stream<Arguments> pairs =
        Arrays.stream(Arithmetic.values())
            .map(
                operation ->
                    graph(
                        operation.name(),
                        (graph, map) ->
                            graph.layer(
                                "tested",
                                operation,
                                map,
                                graph.affine(
                                    graph.each(Pointwise.SIGMOID, graph.part(map, 1, 2)), 1, 1))));
    Stream<Arguments> others =
        Stream.of(
            unary("strided convolution", Convolution.of(6, 3).striding(2)),
            unary("grouped convolution", Convolution.of(8, 5).grouped(2).withoutBias()),
            unary("transposed convolution", new TransposedConvolution(3, true)),
            unary("batch normalization", new BatchNormalization()),
            unary("layer normalization", new LayerNormalization()),
            unary("linear", Linear.of(3)),
            unary("linear without bias", new Linear(3, false, true)),
            unary("leaky ReLU", new LeakyRelu(0.2)),
            unary("affine", new Affine(-2, 0.5)),
            graph(
                "concatenation",
                (graph, map) ->
                    graph.layer("tested", new Concatenation(), map, graph.scaled(map, 2))),
            unary("slice", new Slice(1, 3)),
            unary("order of channels", new ChannelOrder(List.of(2, 0, 3, 1))),
            unary("maxima", new Pooling(Pooling.Kind.MAX, 3, 2, 1)),
            unary("means", new Pooling(Pooling.Kind.MEAN, 3, 2, 1)),
            unary("nearest", Enlargement.NEAREST),
            unary("bilinear", Enlargement.BILINEAR),
            unary("sum of channels", Reduction.SUM_OF_CHANNELS),
            unary("global mean", Reduction.GLOBAL_MEAN),
            unary("unit length", new UnitLength()),
            unary("reshaping", new Reshape(List.of(SIDE * SIDE, CHANNELS))),
            unary("permutation", new Permutation(List.of(1, 2, 0))),
            graph(
                "product",
                (graph, map) ->
                    graph.layer("tested", new Product(3, false), map, graph.scaled(map, 0.5))),
            graph(
                "product with a transposed matrix",
                (graph, map) ->
                    graph.layer("tested", new Product(3, true), map, graph.scaled(map, 0.5))),
            unary("offset", new Offset(List.of(CHANNELS, 1, SIDE), true)),
            unary("offset that is not learnt", new Offset(List.of(1, SIDE, SIDE), false)),
            graph("gathering", GraphOperationsTest::gathering),
            graph("embedding", GraphOperationsTest::embedding),
            graph(
                "two layers of the same arrays",
                (graph, map) -> {
                  String first = graph.layer("first", Convolution.of(CHANNELS, 3), map);
                  return graph.layer(
                      "tested", new Shared("first", Convolution.of(CHANNELS, 3)), first);
                }),
            graph(
                "nearest vector",
                (graph, map) -> graph.layer("tested", new Nearest(5), graph.globalMean(map))),
            unary("softmax", new Softmax(false)),
            unary("logarithm of softmax", new Softmax(true)));
    return Stream.of(functions, pairs, others).flatMap(s -> s);
  }

  /** Gathers two rows, of which one three times. */
  private static String gathering(GraphBuilder graph, String map) {
    String rows = graph.reshaped(map, CHANNELS * SIDE, SIDE);
    return graph.layer("tested", new Gather(), rows, numbers(graph, map, 7, 2));
  }

  /** Adds embeddings to a part of the map: the numbers of things have no gradient. */
  private static String embedding(GraphBuilder graph, String map) {
    String some = graph.part(graph.reshaped(map, CHANNELS * SIDE * SIDE), 0, 12);
    return graph.plus(
        graph.layer("tested", new Embedding(5, 3), numbers(graph, map, 4, 1)),
        graph.reshaped(some, 4, 3));
  }

  /** Returns the first number three times and the second once. */
  private static String numbers(GraphBuilder graph, String map, int first, int second) {
    String some = graph.part(graph.reshaped(map, CHANNELS * SIDE * SIDE), 0, 3);
    return graph.joined(
        graph.affine(some, 0, first), graph.affine(graph.part(some, 0, 1), 0, second));
  }

  /** Puts a convolution before the operation, so that gradients have to come through it. */
  private static GraphSpec spec(BiFunction<GraphBuilder, String, String> tested) {
    GraphBuilder graph = new GraphBuilder("probe");
    String x = graph.input("x", 2, SIDE, SIDE);
    String map = graph.layer("before", Convolution.of(CHANNELS, 1), x);
    String output = tested.apply(graph, map);
    // A weight for each number, or normalized ones would have a loss without gradients.
    String loss =
        graph.mean(graph.each(Pointwise.SQUARE, graph.plus(output, graph.times(output, output))));
    return graph.build(List.of(output), loss);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void onnxRuntimeComputesWhatPytorchComputes(
      String name, BiFunction<GraphBuilder, String, String> tested) {
    NetworkWeights weights = NetworkWeights.initial(spec(tested), 5);
    float[] input = noise(2 * SIDE * SIDE, 1);
    List<float[]> expected = PytorchProbe.evaluate(weights, input, 1);
    try (OnnxTrainedGraph network =
        OnnxTrainedGraph.open(GraphExport.bytes(weights, Map.of()), 1, OptionalInt.empty())) {
      float[] actual = network.run(List.of(input)).get(0);
      assertThat(actual).hasSameSizeAs(expected.get(0));
      assertThat(actual).containsExactly(expected.get(0), within(2e-5f));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void gradientsAreWhatDifferencesOfTheLossSay(
      String name, BiFunction<GraphBuilder, String, String> tested) {
    NetworkWeights weights = NetworkWeights.initial(spec(tested), 5);
    float[] input = noise(N * 2 * SIDE * SIDE, 1);
    try (Trainer trainer = PytorchProbe.trainer(weights)) {
      Map<String, float[]> gradients =
          PytorchProbe.gradients(trainer, input, new float[0], N, SIDE, SIDE);
      for (NetworkSpec.TensorSpec tensor : weights.spec().tensors()) {
        if (!tensor.trainable()) {
          continue;
        }
        float[] found = gradients.get(tensor.name());
        double scale = 0.02 + Math.abs(max(found));
        for (int i = 0; i < Math.min(3, found.length); i++) {
          double slope =
              (loss(trainer, weights, tensor.offset() + i, 0.01f, input)
                      - loss(trainer, weights, tensor.offset() + i, -0.01f, input))
                  / 0.02;
          assertThat((double) found[i])
              .as("%s[%d]", tensor.name(), i)
              .isCloseTo(slope, within(0.03 * scale));
        }
      }
    }
  }

  private static float max(float[] values) {
    float max = 0;
    for (float value : values) {
      max = Math.max(max, Math.abs(value));
    }
    return max;
  }

  /** Returns the loss with one parameter moved. */
  private static double loss(
      Trainer trainer, NetworkWeights weights, int parameter, float by, float[] input) {
    float[] moved = weights.parameters().clone();
    moved[parameter] += by;
    trainer.load(NetworkWeights.weights(weights.spec(), moved, 0));
    return trainer.step(input, new float[0], N, SIDE, SIDE, 0).total();
  }
}
