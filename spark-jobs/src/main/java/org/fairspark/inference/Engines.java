package org.fairspark.inference;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.fairspark.config.TrainingPrecision;
import org.fairspark.network.Backbone;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.SharedBackbone;
import org.fairspark.network.SharedRestorer;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.Trainer;
import org.fairspark.network.TrainingEngine;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxRestorer;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.network.pytorch.PytorchTrainer;
import org.fairspark.spark.device.TaskDevice;

/**
 * Leases of the engines that there are: the only class of this module that makes one. Called in the
 * task, which fixes the device.
 */
final class Engines {
  private static final String SHARED = "shared ";

  private Engines() {}

  /** Returns a trainer with any weights. */
  static Lease<Trainer> trainer(TrainingChoice choice, NetworkSpec spec, int threads) {
    return switch (choice.engine()) {
      case DL4J -> {
        if (!(spec instanceof UnetSpec unet)) {
          throw new IllegalArgumentException("DL4J trains U-Nets, not " + spec);
        }
        Lease<Dl4jTrainer> lease = dl4j(unet, threads);
        yield new Lease<>(lease.engine(), lease::close, lease::discard);
      }
      case PYTORCH -> pytorch(choice.precision(), spec, threads);
    };
  }

  /**
   * Returns a trainer in PyTorch, on the task's GPU where this build can use one.
   *
   * @throws IllegalStateException if it cannot train here as was asked, with what to do
   */
  private static Lease<Trainer> pytorch(
      TrainingPrecision precision, NetworkSpec spec, int threads) {
    OptionalInt gpu = TaskDevice.pytorch();
    if (gpu.isPresent()) {
      PytorchLibrary.precision(precision == TrainingPrecision.TF32)
          .ifPresent(
              obstacle -> {
                throw new IllegalStateException(obstacle.line());
              });
    }
    EnginePool.Key key =
        new EnginePool.Key(
            TrainingEngine.PYTORCH.name(),
            spec.toString(),
            true,
            threads,
            gpu.orElse(TaskDevice.CPU));
    return EnginePool.lease(
        key, Trainer.class, () -> PytorchTrainer.of(NetworkWeights.initial(spec, 0), threads, gpu));
  }

  /**
   * Returns a trained network in any engine.
   *
   * @param id SHA-256 of the weights
   */
  static Lease<Restorer> restorer(
      InferenceEngine engine, String id, NetworkWeights weights, int threads) {
    return switch (engine) {
      case ONEDNN -> oneDnn(id, weights, threads);
      case ONNX -> onnx(id, OnnxExport.bytes(weights, Map.of()), threads);
      case DL4J -> dl4j(id, weights, threads);
    };
  }

  /**
   * Returns a trained network in Deeplearning4j, on a GPU one that other tasks use too.
   *
   * @param id SHA-256 of the weights
   */
  static Lease<Restorer> dl4j(String id, NetworkWeights weights, int threads) {
    if (NativeBackend.hasCuda()) {
      int gpu = TaskDevice.sharedByDl4j();
      return shared(
          new EnginePool.Key(SHARED + InferenceEngine.DL4J, id, false, threads, gpu),
          () -> {
            NativeBackend.useDevice(gpu);
            return Dl4jTrainer.of(weights, threads);
          });
    }
    Lease<Dl4jTrainer> lease = dl4j(weights.unet(), threads);
    lease.engine().load(weights);
    return new Lease<>(lease.engine(), lease::close, lease::discard);
  }

  private static Lease<Dl4jTrainer> dl4j(UnetSpec spec, int threads) {
    int device = TaskDevice.pin();
    EnginePool.Key key =
        new EnginePool.Key(InferenceEngine.DL4J.name(), spec.toString(), true, threads, device);
    return EnginePool.lease(
        key, Dl4jTrainer.class, () -> Dl4jTrainer.of(NetworkWeights.initial(spec, 0), threads));
  }

  /**
   * Returns a trained network in oneDNN.
   *
   * @param id SHA-256 of the weights
   * @throws IllegalStateException if this machine cannot
   */
  static Lease<Restorer> oneDnn(String id, NetworkWeights weights, int threads) {
    EnginePool.Key key =
        new EnginePool.Key(InferenceEngine.ONEDNN.name(), id, false, threads, TaskDevice.CPU);
    return EnginePool.lease(key, Restorer.class, () -> OneDnnRestorer.of(weights, threads));
  }

  /**
   * Returns a trained network in ONNX Runtime, on the task's GPU where the library can use it.
   *
   * <p>On a GPU one thread runs it for all tasks. On the CPU tasks of one core run one session at
   * the same time, each on its own thread: as fast as one session each, for the memory of one.
   *
   * @param id SHA-256 of the weights
   * @param file the network as an ONNX file
   */
  static Lease<Restorer> onnx(String id, byte[] file, int threads) {
    OptionalInt gpu = gpu();
    if (gpu.isPresent()) {
      return shared(
          new EnginePool.Key(SHARED + InferenceEngine.ONNX, id, false, threads, gpu.getAsInt()),
          () -> OnnxRestorer.open(file, threads, gpu));
    }
    EnginePool.Key key =
        new EnginePool.Key(InferenceEngine.ONNX.name(), id, false, threads, TaskDevice.CPU);
    Supplier<Restorer> make = () -> OnnxRestorer.open(file, threads);
    return threads == 1
        ? EnginePool.share(key, Restorer.class, make)
        : EnginePool.lease(key, Restorer.class, make);
  }

  /** Returns the GPU on which ONNX Runtime computes for the running task; empty for the CPU. */
  private static OptionalInt gpu() {
    return OnnxRestorer.hasCuda() ? TaskDevice.sharedOrdinal() : OptionalInt.empty();
  }

  /** Returns a restorer of which this process has one, on a thread of its own. */
  private static Lease<Restorer> shared(EnginePool.Key key, Supplier<Restorer> make) {
    String name = "%s on GPU %d".formatted(key.library(), key.device());
    return EnginePool.share(key, Restorer.class, () -> new SharedRestorer(name, make));
  }

  /**
   * Returns a trained graph in ONNX Runtime, shared as {@link #onnx} is.
   *
   * @param id SHA-256 of the weights
   * @param file the network as an ONNX file
   */
  static Lease<TrainedGraph> graph(String id, byte[] file, int threads) {
    OptionalInt gpu = gpu();
    EnginePool.Key key =
        new EnginePool.Key("graph", id, false, threads, gpu.orElse(TaskDevice.CPU));
    Supplier<TrainedGraph> make = () -> OnnxTrainedGraph.open(file, threads, gpu);
    return gpu.isPresent() || threads == 1
        ? EnginePool.share(key, TrainedGraph.class, make)
        : EnginePool.lease(key, TrainedGraph.class, make);
  }

  /**
   * Returns a frozen network in ONNX Runtime, shared as {@link #onnx} is.
   *
   * @param id SHA-256 of the file
   * @param layers names of its outputs
   */
  static Lease<Backbone> backbone(String id, byte[] file, List<String> layers, int threads) {
    OptionalInt gpu = gpu();
    EnginePool.Key key =
        new EnginePool.Key("backbone", id + layers, false, threads, gpu.orElse(TaskDevice.CPU));
    Supplier<Backbone> make = () -> OnnxBackbone.open(file, layers, threads, gpu);
    if (gpu.isPresent()) {
      return EnginePool.share(key, Backbone.class, () -> new SharedBackbone(make.get()));
    }
    return threads == 1
        ? EnginePool.share(key, Backbone.class, make)
        : EnginePool.lease(key, Backbone.class, make);
  }
}
