package org.fairspark.inference;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.network.InferenceEngine;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;

/**
 * A category's trained method, in a form that tasks make its detector from.
 *
 * @param method its name
 * @param settings that it was trained with
 * @param networks its networks by their names
 */
public record DetectorSource(
    String method, DetectionSettings settings, Map<String, ModelSource> networks)
    implements Serializable {

  /**
   * Reads a category's networks and broadcasts them.
   *
   * @param engine that runs those which are not bound to another
   * @throws org.fairspark.failure.FairException if there is none, or one is damaged
   */
  public static DetectorSource broadcast(
      JavaSparkContext spark,
      Method method,
      DetectionSettings settings,
      InferenceEngine engine,
      OutputRoot root,
      String category) {
    Map<String, ModelSource> networks = new LinkedHashMap<>();
    for (MethodNetwork network : method.networks(settings)) {
      ModelStore store = new ModelStore(root, network.folder(), category);
      networks.put(
          network.name(), ModelSource.broadcast(spark, network.engine().orElse(engine), store));
    }
    return new DetectorSource(method.name(), settings, networks);
  }

  /** Frees what is kept of it for tasks to come; none may follow. */
  public void destroy() {
    networks.values().forEach(ModelSource::destroy);
  }
}
