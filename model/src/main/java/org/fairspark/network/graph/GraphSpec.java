package org.fairspark.network.graph;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.fairspark.network.AdamConstants;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.TrainingEngine;
import org.fairspark.random.SeededRandom;

/**
 * The architecture of a network as a list of layers, made by a {@link GraphBuilder}. PyTorch trains
 * it; ONNX Runtime runs what is needed for its outputs.
 *
 * @param name what it is, for messages and files
 * @param inputs in the order in which a sample holds them, one after the other
 * @param targets what only the loss needs, likewise
 * @param layers each after those that it takes
 * @param outputs names of layers that the trained network gives
 * @param loss name of the layer that training lowers: one number for a batch
 * @param adam constants of Adam
 * @param draws what samples have anew in every epoch, in this order
 */
public record GraphSpec(
    String name,
    List<Port> inputs,
    List<Port> targets,
    List<Layer> layers,
    List<String> outputs,
    String loss,
    AdamConstants adam,
    List<SampleDraw> draws)
    implements NetworkSpec {

  /** Copies of the parameters that PyTorch has: with moments, gradients and what Adam makes. */
  private static final int TRAINING_COPIES = 9;

  /** Copies of the parameters that ONNX Runtime has: the file, the graph, packed ones. */
  private static final int RUNNING_COPIES = 3;

  /** Outputs of the largest layer that PyTorch and oneDNN work with beside what they keep. */
  private static final int WORK = 7;

  /**
   * Checks that the layers fit together and that the loss depends on every array that is learnt.
   *
   * @throws IllegalArgumentException if they do not
   */
  public GraphSpec {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
    draws = List.copyOf(draws);
    Map<String, List<Integer>> shapes = shapes(inputs, targets, layers);
    for (String output : outputs) {
      if (!shapes.containsKey(output) || shapes.get(output).isEmpty()) {
        throw new IllegalArgumentException(
            "%s gives %s, which is no layer of every sample".formatted(name, output));
      }
    }
    if (outputs.isEmpty() || !List.of().equals(shapes.get(loss))) {
      throw new IllegalArgumentException(
          "%s needs outputs and a loss of one number, got %s and %s of shape %s"
              .formatted(name, outputs, loss, shapes.get(loss)));
    }
    Set<String> learning = needed(layers, List.of(loss));
    for (Layer layer : layers) {
      List<List<Integer>> from = layer.from().stream().map(shapes::get).toList();
      if (layer.operation().weights(from).stream().anyMatch(Operation.Weights::trainable)
          && !learning.contains(layer.name())) {
        throw new IllegalArgumentException(
            "the loss of %s does not depend on %s, which would learn nothing"
                .formatted(name, layer.name()));
      }
    }
    for (String needed : needed(layers, outputs)) {
      for (Port target : targets) {
        if (target.name().equals(needed)) {
          throw new IllegalArgumentException(
              "an output of %s depends on the target %s".formatted(name, needed));
        }
      }
    }
  }

  private static Map<String, List<Integer>> shapes(
      List<Port> inputs, List<Port> targets, List<Layer> layers) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (List<Port> ports : List.of(inputs, targets)) {
      for (Port port : ports) {
        put(shapes, port.name(), port.shape());
      }
    }
    for (Layer layer : layers) {
      List<List<Integer>> from = new ArrayList<>();
      for (String before : layer.from()) {
        List<Integer> shape = shapes.get(before);
        if (shape == null) {
          throw new IllegalArgumentException(
              "%s takes %s, which no layer before it gives".formatted(layer.name(), before));
        }
        from.add(shape);
      }
      try {
        put(shapes, layer.name(), layer.operation().shape(from));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(layer.name() + ": " + e.getMessage(), e);
      }
    }
    return shapes;
  }

  private static void put(Map<String, List<Integer>> shapes, String name, List<Integer> shape) {
    if (shapes.put(name, shape) != null) {
      throw new IllegalArgumentException("there are two of the name " + name);
    }
  }

  /** Returns the names of all that some layers need, with their own. */
  private static Set<String> needed(List<Layer> layers, Collection<String> wanted) {
    Map<String, Layer> byName = new HashMap<>();
    layers.forEach(layer -> byName.put(layer.name(), layer));
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      String next = open.pop();
      if (needed.add(next) && byName.containsKey(next)) {
        open.addAll(byName.get(next).from());
      }
    }
    return needed;
  }

  /** Returns the shapes of inputs, targets and layers by their names, of one sample. */
  public Map<String, List<Integer>> shapes() {
    return shapes(inputs, targets, layers);
  }

  /**
   * Runs the layers that some of them need.
   *
   * @param given the engine's arrays of inputs, and of targets where they are needed
   * @param wanted names of layers
   * @return the engine's arrays of all that was needed
   */
  public <T> Map<String, T> run(
      Interpreter<T> on, Map<String, T> given, Collection<String> wanted) {
    Set<String> needed = needed(layers, wanted);
    Map<String, T> made = new HashMap<>(given);
    for (Layer layer : layers) {
      if (needed.contains(layer.name())) {
        List<T> from = layer.from().stream().map(made::get).toList();
        made.put(layer.name(), layer.operation().apply(on, layer.name(), from));
      }
    }
    return made;
  }

  /**
   * An array of a layer, with what it starts from.
   *
   * @param name of the layer, a point, and the suffix
   */
  private record Own(String name, Operation.Weights weights) {}

  private List<Own> own() {
    Map<String, List<Integer>> shapes = shapes();
    List<Own> all = new ArrayList<>();
    for (Layer layer : layers) {
      for (Operation.Weights weights :
          layer.operation().weights(layer.from().stream().map(shapes::get).toList())) {
        all.add(new Own(layer.name() + "." + weights.suffix(), weights));
      }
    }
    return all;
  }

  @Override
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    int offset = 0;
    int moment = 0;
    for (Own own : own()) {
      boolean trainable = own.weights().trainable();
      TensorSpec tensor =
          new TensorSpec(
              own.name(), own.weights().shape(), offset, trainable, trainable ? moment : -1);
      tensors.add(tensor);
      offset = Math.addExact(offset, tensor.length());
      moment += trainable ? tensor.length() : 0;
    }
    return List.copyOf(tensors);
  }

  /** Returns the arrays that the outputs need, without those of the loss alone. */
  public List<TensorSpec> ofOutputs() {
    Set<String> needed = needed(layers, outputs);
    return tensors().stream()
        .filter(t -> needed.contains(t.name().substring(0, t.name().lastIndexOf('.'))))
        .toList();
  }

  @Override
  public int parameterCount() {
    return tensors().stream()
        .filter(TensorSpec::trainable)
        .mapToInt(TensorSpec::length)
        .reduce(0, Math::addExact);
  }

  @Override
  public int stateLength() {
    return tensors().stream().mapToInt(TensorSpec::length).reduce(0, Math::addExact);
  }

  @Override
  public float[] initial(long seed) {
    float[] values = new float[stateLength()];
    int at = 0;
    for (Own own : own()) {
      int end = at + Shapes.values(own.weights().shape());
      SeededRandom random = SeededRandom.of(seed, own.name(), 0);
      double bound = 1 / Math.sqrt(own.weights().fan());
      double deviation = Math.sqrt(2.0 / own.weights().fan());
      for (; at < end; at++) {
        values[at] =
            switch (own.weights().start()) {
              case UNIFORM -> (float) random.nextDouble(-bound, bound);
              case KAIMING -> (float) (deviation * random.nextGaussian());
              case ZEROS -> 0;
              case ONES -> 1;
            };
      }
    }
    return values;
  }

  @Override
  public SampleForm sample(int height, int width) {
    return new SampleForm(values(inputs), values(targets), 0);
  }

  @Override
  public void draw(Supplier<SeededRandom> random, float[] inputs, float[] targets, int example) {
    if (draws.isEmpty()) {
      return;
    }
    SeededRandom numbers = random.get();
    for (SampleDraw draw : draws) {
      draw.draw(
          numbers,
          own(inputs, values(this.inputs), example),
          own(targets, values(this.targets), example));
    }
  }

  private static FloatBuffer own(float[] batch, int values, int example) {
    return FloatBuffer.wrap(batch, example * values, values).slice();
  }

  private static int values(List<Port> ports) {
    return ports.stream().mapToInt(Port::values).reduce(0, Math::addExact);
  }

  /** Returns infinity: what a loss of its layers may be is not known here. */
  @Override
  public double explodedLoss() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public MemoryEstimate trainingMemory(TrainingEngine engine, int n, int height, int width) {
    if (engine != TrainingEngine.PYTORCH) {
      throw new IllegalArgumentException("%s is trained by PyTorch alone".formatted(name));
    }
    // Each layer's output and its derivative.
    return new MemoryEstimate(
        (long) Float.BYTES * TRAINING_COPIES * parameterCount(),
        Float.BYTES * n * (2 * outputs(needed(layers, List.of(loss))) + WORK * largest()));
  }

  @Override
  public MemoryEstimate runningMemory(InferenceEngine engine, int n, int height, int width) {
    return new MemoryEstimate(
        (long) Float.BYTES * RUNNING_COPIES * stateLength(),
        Float.BYTES * outputs(needed(layers, outputs)));
  }

  /** Counts the values of some layers, inputs and targets for one sample. */
  private long outputs(Set<String> names) {
    return shapes().entrySet().stream()
        .filter(entry -> names.contains(entry.getKey()))
        .mapToLong(entry -> Shapes.values(entry.getValue()))
        .sum();
  }

  private long largest() {
    return shapes().values().stream().mapToLong(Shapes::values).max().orElse(0);
  }

  /** Returns its name, with a number that is another for each architecture. */
  @Override
  public String toString() {
    List<Object> parts = new ArrayList<>(List.of(inputs, targets, layers, outputs, loss, adam));
    parts.addAll(draws);
    String all = String.join("\n", parts.stream().map(Object::toString).toList());
    return name + " " + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
  }
}
