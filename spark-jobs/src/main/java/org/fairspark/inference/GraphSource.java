package org.fairspark.inference;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.TrainedGraph;
import org.fairspark.store.model.ModelStore;

/**
 * A trained network that is no U-Net, as every executor can have it: its ONNX file.
 *
 * @param id SHA-256 of its weights
 */
public record GraphSource(String id, Broadcast<byte[]> file) implements EngineSource<TrainedGraph> {

  /**
   * Reads a model and broadcasts it.
   *
   * @throws org.fairspark.failure.FairException if there is none, or it is damaged
   */
  public static GraphSource broadcast(JavaSparkContext spark, ModelStore store) {
    return new GraphSource(store.id(), spark.broadcast(store.onnx()));
  }

  @Override
  public Lease<TrainedGraph> lease(int threads) {
    return Engines.graph(id, file.value(), threads);
  }

  @Override
  public void destroy() {
    file.destroy();
  }
}
