package org.fairspark.inference;

import java.io.Serializable;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.store.model.ModelStore;

/** The tensors that a method fitted on a backbone's features, with the backbone. */
public record FittedSource(BackboneSource backbone, Broadcast<SafeTensors> tensors)
    implements Serializable {

  /**
   * Reads a finished model and broadcasts it.
   *
   * @param tensors whether the model holds what was fitted; otherwise a network on the features
   */
  static FittedSource broadcast(
      JavaSparkContext spark, DetectionSettings settings, ModelStore store, boolean tensors) {
    return new FittedSource(
        BackboneSource.broadcast(
            spark, store.backboneId(), store.backbone(), settings.features().backbone().layers()),
        spark.broadcast(tensors ? store.fitted() : new SafeTensors(Map.of(), Map.of())));
  }

  /** Frees what is kept of it for tasks to come; none may follow. */
  void destroy() {
    backbone.destroy();
    tensors.destroy();
  }
}
