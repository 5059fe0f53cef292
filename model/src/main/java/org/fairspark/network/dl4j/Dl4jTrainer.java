package org.fairspark.network.dl4j;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.backend.ChannelsLast;
import org.fairspark.network.backend.HostArrays;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The restoration network with what trains it. Holds native memory: close it. To be used by one
 * thread at a time; several, each on a thread of its own, do not disturb each other.
 *
 * <p>Source: paper sections 3.3 and 4.3, with the numbers of the reference code.
 */
public final class Dl4jTrainer implements Restorer {
  static {
    NativeBackend.initialize();
  }

  /** Values that an array of restoration may have: more images are restored in parts. */
  private static final long MAX_ELEMENTS = 1 << 23;

  private final NetworkSpec shape;
  private final ComputationGraph graph;
  private double learningRate = Double.NaN;
  private long iteration;
  private boolean closed;

  private Dl4jTrainer(NetworkSpec shape, boolean portable) {
    this.shape = shape;
    this.graph = new ComputationGraph(UnetGraph.configuration(shape, portable));
    graph.init();
  }

  /**
   * A network that has learnt nothing.
   *
   * @param seed fixes its weights
   */
  public static Dl4jTrainer create(NetworkSpec shape, long seed) {
    return of(NetworkWeights.initial(shape, seed));
  }

  /** A network that goes on where another stopped. */
  public static Dl4jTrainer of(NetworkWeights state) {
    return of(state, false);
  }

  /** The same by ND4J's own operations only, as on a backend other than the CPU. */
  static Dl4jTrainer of(NetworkWeights state, boolean portable) {
    Dl4jTrainer network = new Dl4jTrainer(state.shape(), portable);
    network.load(state);
    return network;
  }

  public NetworkSpec shape() {
    return shape;
  }

  /** Training steps done, over all networks that had this state. */
  public long iteration() {
    return iteration;
  }

  /** The DL4J graph itself, for tests. */
  public ComputationGraph graph() {
    return graph;
  }

  /**
   * One step of Adam on one batch, with the batch's own statistics.
   *
   * @param input {@code float[n][inputChannels][height][width]}
   * @param target {@code float[n][3][height][width]}, RGB in [0,1]
   * @param learningRate of this step
   * @return the loss before the step; not finite where training has diverged: the network is
   *     spoiled then, and its last good state must be loaded
   * @throws IllegalArgumentException if a size is not a multiple of 16 or an array's length does
   *     not fit
   */
  public Loss trainStep(
      float[] input, float[] target, int n, int height, int width, double learningRate) {
    checkOpen();
    INDArray in = batch("input", input, n, shape.inputChannels(), height, width);
    INDArray out = batch("target", target, n, shape.head().channels(), height, width);
    setLearningRate(learningRate);
    graph.fit(new INDArray[] {in}, new INDArray[] {out});
    iteration++;
    return ((LossUnitLayer) graph.getLayer(UnetGraph.OUTPUT)).loss();
  }

  private void setLearningRate(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("learning rate must be finite and >= 0, got " + rate);
    }
    if (rate == learningRate) {
      return;
    }
    for (UpdaterBlock block : updater().getUpdaterBlocks()) {
      if (block.getGradientUpdater() instanceof TorchAdam.Moments moments) {
        moments.getConfig().setLrAndSchedule(rate, null);
      }
    }
    learningRate = rate;
  }

  private BaseMultiLayerUpdater<?> updater() {
    return graph.getUpdater();
  }

  @Override
  public float[] restore(float[] input, int n, int height, int width) {
    checkOpen();
    NetworkSpec.checkBatch("input", input, n, shape.inputChannels(), height, width);
    int plane = height * width;
    int part = part(n, (long) shape.width() * plane);
    float[] restored = new float[n * shape.head().channels() * plane];
    for (int from = 0; from < n; from += part) {
      int start = from * shape.inputChannels() * plane;
      float[] some = Arrays.copyOfRange(input, start, start + part * shape.inputChannels() * plane);
      INDArray out =
          graph.outputSingle(
              false, ChannelsLast.array(some, part, shape.inputChannels(), height, width));
      float[] planes = ChannelsLast.toPlanes(HostArrays.get(out), out.shape());
      System.arraycopy(planes, 0, restored, from * shape.head().channels() * plane, planes.length);
    }
    return restored;
  }

  /** How many images to restore at a time: a divisor, since a change of size costs time. */
  private static int part(int n, long widest) {
    int part = n;
    while (part > 1 && (n % part != 0 || part * widest > MAX_ELEMENTS)) {
      part--;
    }
    return part;
  }

  private INDArray batch(String what, float[] values, int n, int channels, int height, int width) {
    NetworkSpec.checkBatch(what, values, n, channels, height, width);
    return ChannelsLast.array(values, n, channels, height, width);
  }

  /** A copy of all that training has learnt. */
  public NetworkWeights state() {
    checkOpen();
    float[] parameters = new float[shape.stateLength()];
    float[] first = new float[shape.parameterCount()];
    float[] second = new float[shape.parameterCount()];
    int offset = 0;
    for (NetworkSpec.Unit unit : shape.units()) {
      HostArrays.get(graph.getLayer(unit.convolution()).params(), parameters, offset);
      offset += unit.length();
    }
    offset = 0;
    for (TorchAdam.Moments moments : moments()) {
      HostArrays.get(moments.first(), first, offset);
      HostArrays.get(moments.second(), second, offset);
      offset += Math.toIntExact(moments.first().length());
    }
    return new NetworkWeights(shape, parameters, first, second, iteration);
  }

  /**
   * Goes on from a state; from one without moments as if they were zero.
   *
   * @throws IllegalArgumentException if it is of another shape
   */
  public void load(NetworkWeights state) {
    checkOpen();
    if (!state.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "this network is of %s, the state of %s".formatted(shape, state.shape()));
    }
    int offset = 0;
    for (NetworkSpec.Unit unit : shape.units()) {
      HostArrays.put(graph.getLayer(unit.convolution()).params(), state.parameters(), offset);
      offset += unit.length();
    }
    offset = 0;
    for (TorchAdam.Moments moments : moments()) {
      if (state.hasMoments()) {
        HostArrays.put(moments.first(), state.firstMoment(), offset);
        HostArrays.put(moments.second(), state.secondMoment(), offset);
      } else {
        moments.first().assign(0);
        moments.second().assign(0);
      }
      offset += Math.toIntExact(moments.first().length());
    }
    iteration = state.iteration();
    graph.getConfiguration().setIterationCount(Math.toIntExact(iteration));
  }

  /** In the order of the units, one for each: the running statistics lie between. */
  private List<TorchAdam.Moments> moments() {
    return updater().getUpdaterBlocks().stream()
        .map(UpdaterBlock::getGradientUpdater)
        .filter(TorchAdam.Moments.class::isInstance)
        .map(TorchAdam.Moments.class::cast)
        .toList();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this network is closed");
    }
    NativeBackend.applyThreads();
  }

  /** Frees native memory. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (GraphVertex vertex : graph.getVertices()) {
        if (vertex instanceof SkipAddVertex add) {
          add.close();
        } else if (vertex.hasLayer()) {
          vertex.getLayer().close();
        }
      }
      graph.close();
    }
  }
}
