package org.fairspark.inference;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.Backbone;

/**
 * A backbone that every executor can have.
 *
 * @param id SHA-256 of the file
 * @param file the ONNX file
 * @param layers names of its outputs
 */
public record BackboneSource(String id, Broadcast<byte[]> file, List<String> layers)
    implements EngineSource<Backbone> {
  public BackboneSource {
    layers = List.copyOf(layers);
  }

  /** Broadcasts a backbone. */
  public static BackboneSource broadcast(
      JavaSparkContext spark, String id, byte[] file, List<String> layers) {
    return new BackboneSource(id, spark.broadcast(file), layers);
  }

  @Override
  public Lease<Backbone> lease(int threads) {
    return Engines.backbone(id, file.value(), layers, threads);
  }

  @Override
  public void destroy() {
    file.destroy();
  }
}
