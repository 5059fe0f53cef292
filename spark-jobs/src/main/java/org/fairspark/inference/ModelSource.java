package org.fairspark.inference;

import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.store.model.ModelStore;

/** A trained model that every executor can have, in the form that the engine takes. */
public sealed interface ModelSource extends EngineSource<Restorer> {

  /**
   * Reads a model and broadcasts it.
   *
   * @throws org.fairspark.failure.FairException if there is none, or it is damaged
   */
  static ModelSource broadcast(JavaSparkContext spark, InferenceEngine engine, ModelStore store) {
    // Training has left the ONNX file already.
    return engine == InferenceEngine.ONNX
        ? new OnnxSource(store.id(), spark.broadcast(store.onnx()))
        : broadcast(spark, engine, store.id(), store.open().state());
  }

  /**
   * Broadcasts a model that is read.
   *
   * @param id what names it: SHA-256 of its weights
   */
  static ModelSource broadcast(
      JavaSparkContext spark, InferenceEngine engine, String id, NetworkWeights weights) {
    return switch (engine) {
      case ONEDNN -> new OneDnnSource(id, spark.broadcast(weights));
      case ONNX -> new OnnxSource(id, spark.broadcast(OnnxExport.bytes(weights, Map.of())));
      case DL4J -> new Dl4jSource(id, spark.broadcast(weights));
    };
  }

  /** The source for oneDNN: the weights. */
  record OneDnnSource(String id, Broadcast<NetworkWeights> weights) implements ModelSource {
    @Override
    public Lease<Restorer> lease(int threads) {
      try {
        return Engines.oneDnn(id, weights.value(), threads);
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            e.getMessage()
                + ", but it can on the driver: set evaluation.engine=onnx (or score.engine=onnx)",
            e);
      }
    }

    @Override
    public void destroy() {
      weights.destroy();
    }
  }

  /** The source for ONNX Runtime: the file. */
  record OnnxSource(String id, Broadcast<byte[]> file) implements ModelSource {
    @Override
    public Lease<Restorer> lease(int threads) {
      return Engines.onnx(id, file.value(), threads);
    }

    @Override
    public void destroy() {
      file.destroy();
    }
  }

  /** The source for DL4J: the weights. */
  record Dl4jSource(String id, Broadcast<NetworkWeights> weights) implements ModelSource {
    @Override
    public Lease<Restorer> lease(int threads) {
      return Engines.dl4j(id, weights.value(), threads);
    }

    @Override
    public void destroy() {
      weights.destroy();
    }
  }
}
