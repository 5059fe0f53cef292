package org.fairspark.inference;

import java.io.Serializable;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxRestorer;
import org.fairspark.spark.device.TaskDevice;
import org.fairspark.store.model.ModelStore;

/** A trained model that every executor can have, in the form that the engine takes. */
public sealed interface ModelSource extends Serializable {

  /**
   * Reads a model and broadcasts it.
   *
   * @throws org.fairspark.failure.FairException if there is none, or it is damaged
   */
  static ModelSource broadcast(JavaSparkContext spark, InferenceEngine engine, ModelStore folder) {
    // Training has left the ONNX file already.
    return engine == InferenceEngine.ONNX
        ? new Onnx(folder.id(), spark.broadcast(folder.onnx()))
        : broadcast(spark, engine, folder.id(), folder.open().state());
  }

  /**
   * Broadcasts a model that is read.
   *
   * @param id what names it: SHA-256 of its weights
   */
  static ModelSource broadcast(
      JavaSparkContext spark, InferenceEngine engine, String id, NetworkWeights state) {
    return switch (engine) {
      case ONEDNN -> new OneDnn(id, spark.broadcast(state));
      case ONNX -> new Onnx(id, spark.broadcast(OnnxExport.bytes(state, Map.of())));
      case DL4J -> new Dl4j(spark.broadcast(state));
    };
  }

  /**
   * Takes a restorer for the running task, on its GPU or on so many native threads.
   *
   * @throws IllegalStateException if the engine cannot be used on this machine
   */
  Lease lease(int threads);

  /** Runs with a restorer that the running task has to itself until the work is done. */
  default <T> T with(int threads, Function<Restorer, T> work) {
    Lease lease = lease(threads);
    T result;
    try {
      result = work.apply(lease.restorer());
    } catch (RuntimeException | Error e) {
      lease.discard();
      throw e;
    }
    lease.close();
    return result;
  }

  /** Frees what is kept of it for tasks to come; none may follow. */
  void destroy();

  /** For oneDNN: the weights. */
  record OneDnn(String id, Broadcast<NetworkWeights> state) implements ModelSource {
    @Override
    public Lease lease(int threads) {
      NativeBackend.setThreads(threads);
      EnginePool.Key key =
          new EnginePool.Key(InferenceEngine.ONEDNN, id, threads, OptionalInt.empty());
      return EnginePool.lease(key, () -> restorer(state.value()));
    }

    private static Restorer restorer(NetworkWeights state) {
      try {
        return OneDnnRestorer.of(state);
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            e.getMessage()
                + ", but it can on the driver: set evaluation.engine=onnx (or score.engine=onnx)",
            e);
      }
    }

    @Override
    public void destroy() {
      state.destroy();
    }
  }

  /** For ONNX Runtime: the file. */
  record Onnx(String id, Broadcast<byte[]> file) implements ModelSource {
    @Override
    public Lease lease(int threads) {
      OptionalInt gpu = OnnxRestorer.hasCuda() ? TaskDevice.ordinal() : OptionalInt.empty();
      EnginePool.Key key = new EnginePool.Key(InferenceEngine.ONNX, id, threads, gpu);
      return EnginePool.lease(key, () -> OnnxRestorer.open(file.value(), threads, gpu));
    }

    @Override
    public void destroy() {
      file.destroy();
    }
  }

  /** For DL4J: the weights. */
  record Dl4j(Broadcast<NetworkWeights> state) implements ModelSource {
    @Override
    public Lease lease(int threads) {
      NetworkWeights weights = state.value();
      Dl4jTrainer network = ExecutorNetworks.take(weights.spec(), threads);
      network.load(weights);
      return new Lease(network, () -> ExecutorNetworks.give(network), network::close);
    }

    @Override
    public void destroy() {
      state.destroy();
    }
  }
}
