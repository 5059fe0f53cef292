package org.fairspark.job.inference;

import java.io.Serializable;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.job.device.TaskDevice;
import org.fairspark.job.training.ExecutorNetworks;
import org.fairspark.job.training.ModelFolder;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkShape;
import org.fairspark.network.NetworkState;
import org.fairspark.network.OnnxRestorer;
import org.fairspark.network.RestorationNetwork;

/** A trained model that every executor can have, in the form that the engine takes. */
public sealed interface ModelSource extends Serializable {

  /**
   * Reads a model and broadcasts it.
   *
   * @throws org.fairspark.job.JobException if there is none, or it is damaged
   */
  static ModelSource broadcast(JavaSparkContext spark, InferenceEngine engine, ModelFolder folder) {
    return switch (engine) {
      case ONNX -> new Onnx(folder.id(), spark.broadcast(folder.onnx()));
      case DL4J -> new Dl4j(spark.broadcast(folder.open().state()));
    };
  }

  /**
   * Takes a restorer for the running task, on its GPU or on so many native threads.
   *
   * @throws IllegalStateException if the engine cannot be used on this machine
   */
  Lease lease(int threads);

  /** Frees what is kept of it for tasks to come; none may follow. */
  void destroy();

  /** For ONNX Runtime: the file. */
  record Onnx(String id, Broadcast<byte[]> file) implements ModelSource {
    @Override
    public Lease lease(int threads) {
      OptionalInt gpu = OnnxRestorer.hasCuda() ? TaskDevice.ordinal() : OptionalInt.empty();
      OnnxSessions.Key key = new OnnxSessions.Key(id, threads, gpu);
      OnnxRestorer restorer = OnnxSessions.take(key, file::value);
      return new Lease(restorer, () -> OnnxSessions.give(key, restorer), restorer::close);
    }

    @Override
    public void destroy() {
      file.destroy();
    }
  }

  /** For DL4J: the weights. */
  record Dl4j(Broadcast<NetworkState> state) implements ModelSource {
    @Override
    public Lease lease(int threads) {
      NetworkState weights = state.value();
      NetworkShape shape = weights.shape();
      RestorationNetwork network = ExecutorNetworks.take(shape, threads);
      network.load(weights);
      return new Lease(network, () -> ExecutorNetworks.give(network), network::close);
    }

    @Override
    public void destroy() {
      state.destroy();
    }
  }
}
