package org.fairspark.network.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.Trainer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.ChannelsLast;
import org.fairspark.network.backend.HostArrays;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A U-Net in Deeplearning4j, which trains it and restores with it.
 *
 * <p>Source: paper sections 3.3 and 4.3, with the numbers of the reference code.
 */
public final class Dl4jTrainer implements Trainer, Restorer {
  static {
    NativeBackend.initialize();
  }

  /** Values that an array of restoration may have: more images are restored in parts. */
  private static final long MAX_ELEMENTS = 1 << 23;

  private final UnetSpec spec;
  private final int threads;
  private final ComputationGraph graph;
  private double learningRate = Double.NaN;
  private long iteration;
  private boolean closed;

  private Dl4jTrainer(UnetSpec spec, int threads, boolean portable) {
    NativeBackend.useThreads(threads);
    this.spec = spec;
    this.threads = threads;
    this.graph = new ComputationGraph(UnetGraph.configuration(spec, portable));
    graph.init();
  }

  /**
   * Returns a network with initial weights.
   *
   * @param seed fixes its weights
   */
  public static Dl4jTrainer create(UnetSpec spec, long seed) {
    return of(NetworkWeights.initial(spec, seed));
  }

  /** Returns a network with these weights, on as many threads as the calling thread uses. */
  public static Dl4jTrainer of(NetworkWeights weights) {
    return of(weights, NativeBackend.threads());
  }

  /**
   * Returns a network with these weights.
   *
   * @param threads native threads of each of its operations, whichever thread calls
   * @throws IllegalArgumentException if threads are below 1
   */
  public static Dl4jTrainer of(NetworkWeights weights, int threads) {
    return of(weights, threads, false);
  }

  /** Returns one of ND4J's own operations only, as on a backend other than the CPU. */
  static Dl4jTrainer portable(NetworkWeights weights) {
    return of(weights, NativeBackend.threads(), true);
  }

  private static Dl4jTrainer of(NetworkWeights weights, int threads, boolean portable) {
    Dl4jTrainer network = new Dl4jTrainer(weights.unet(), threads, portable);
    network.load(weights);
    return network;
  }

  @Override
  public UnetSpec spec() {
    return spec;
  }

  /** Returns the DL4J graph itself. */
  ComputationGraph graph() {
    return graph;
  }

  @Override
  public Loss step(
      float[] input, float[] target, int n, int height, int width, double learningRate) {
    checkOpen();
    spec.checkStep(input, target, n, height, width, learningRate);
    INDArray in = ChannelsLast.array(input, n, spec.inputChannels(), height, width);
    INDArray out = ChannelsLast.array(target, n, spec.head().channels(), height, width);
    setLearningRate(learningRate);
    graph.fit(new INDArray[] {in}, new INDArray[] {out});
    iteration++;
    return ((LossUnitLayer) graph.getLayer(UnetGraph.OUTPUT)).loss();
  }

  private void setLearningRate(double rate) {
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
    UnetSpec.checkBatch("input", input, n, spec.inputChannels(), height, width);
    int plane = height * width;
    int part = part(n, (long) spec.width() * plane);
    float[] restored = new float[n * spec.head().channels() * plane];
    for (int from = 0; from < n; from += part) {
      int start = from * spec.inputChannels() * plane;
      float[] some = Arrays.copyOfRange(input, start, start + part * spec.inputChannels() * plane);
      INDArray out =
          graph.outputSingle(
              false, ChannelsLast.array(some, part, spec.inputChannels(), height, width));
      float[] planes = ChannelsLast.toPlanes(HostArrays.get(out), out.shape());
      System.arraycopy(planes, 0, restored, from * spec.head().channels() * plane, planes.length);
    }
    return restored;
  }

  /**
   * Returns the number of images to restore at a time: a divisor, since a change of size costs
   * time.
   */
  private static int part(int n, long widest) {
    int part = n;
    while (part > 1 && (n % part != 0 || part * widest > MAX_ELEMENTS)) {
      part--;
    }
    return part;
  }

  @Override
  public NetworkWeights weights() {
    checkOpen();
    float[] parameters = new float[spec.stateLength()];
    float[] first = new float[spec.parameterCount()];
    float[] second = new float[spec.parameterCount()];
    int offset = 0;
    for (UnetSpec.Unit unit : spec.units()) {
      HostArrays.get(graph.getLayer(unit.convolution()).params(), parameters, offset);
      offset += unit.length();
    }
    offset = 0;
    for (TorchAdam.Moments moments : moments()) {
      HostArrays.get(moments.first(), first, offset);
      HostArrays.get(moments.second(), second, offset);
      offset += Math.toIntExact(moments.first().length());
    }
    return new NetworkWeights(spec, parameters, first, second, iteration);
  }

  @Override
  public void load(NetworkWeights start) {
    checkOpen();
    spec.checkLoad(start);
    int offset = 0;
    for (UnetSpec.Unit unit : spec.units()) {
      HostArrays.put(graph.getLayer(unit.convolution()).params(), start.parameters(), offset);
      offset += unit.length();
    }
    offset = 0;
    for (TorchAdam.Moments moments : moments()) {
      if (start.hasMoments()) {
        HostArrays.put(moments.first(), start.firstMoment(), offset);
        HostArrays.put(moments.second(), start.secondMoment(), offset);
      } else {
        moments.first().assign(0);
        moments.second().assign(0);
      }
      offset += Math.toIntExact(moments.first().length());
    }
    iteration = start.iteration();
    graph.getConfiguration().setIterationCount(Math.toIntExact(iteration));
  }

  /**
   * Returns the moments in the order of the units, one for each: the running statistics lie
   * between.
   */
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
    NativeBackend.useThreads(threads);
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
      free(graph);
    }
  }

  /**
   * Frees what a graph holds outside of the heap. So does its own {@code close()}, which then has
   * the whole heap collected twice: an executor stands still for it after every network.
   */
  private static void free(ComputationGraph graph) {
    List<INDArray> arrays = new ArrayList<>();
    arrays.add(graph.params());
    arrays.add(graph.getFlattenedGradients());
    ComputationGraphUpdater updater = graph.getUpdater(false);
    if (updater != null) {
      arrays.add(updater.getStateViewArray());
    }
    for (INDArray array : arrays) {
      if (array != null && array.closeable()) {
        array.close();
      }
    }
    MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
    for (MemoryWorkspace workspace : workspaces.getAllWorkspacesForCurrentThread()) {
      workspaces.destroyWorkspace(workspace);
    }
  }
}
