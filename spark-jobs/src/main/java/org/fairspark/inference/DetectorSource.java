package org.fairspark.inference;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.inspection.Inspection;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.InferenceEngine;
import org.fairspark.scoring.Scorer;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;

/**
 * A category's trained method, in a form that tasks make its detector from.
 *
 * @param method its name
 * @param settings that it was trained with
 * @param networks its networks by their names
 * @param fitted what it fitted on a backbone's features; empty for a method that needs no backbone
 * @param inspection what of its maps counts
 * @param scorer of its images; null for the method's own score, which is the paper's
 */
public record DetectorSource(
    String method,
    DetectionSettings settings,
    Map<String, EngineSource<?>> networks,
    List<FittedSource> fitted,
    Inspection inspection,
    Broadcast<Scorer> scorer)
    implements Serializable {

  public DetectorSource {
    fitted = List.copyOf(fitted);
  }

  /** Returns the source of a method that needs networks alone. */
  public static DetectorSource ofNetworks(
      String method, DetectionSettings settings, Map<String, EngineSource<?>> networks) {
    return new DetectorSource(method, settings, networks, List.of(), Inspection.WHOLE, null);
  }

  /**
   * Returns the source of a method that needs a backbone.
   *
   * @param fitted on the backbone's features
   */
  public static DetectorSource ofFeatures(
      JavaSparkContext spark,
      Method method,
      DetectionSettings settings,
      BackboneSource backbone,
      SafeTensors fitted) {
    return new DetectorSource(
        method.name(),
        settings,
        Map.of(),
        List.of(new FittedSource(backbone, spark.broadcast(fitted))),
        Inspection.WHOLE,
        null);
  }

  /**
   * Returns what a finished model was fitted, for a method that needs a backbone.
   *
   * @return empty for any other
   */
  public static List<FittedSource> fitted(
      JavaSparkContext spark,
      Method method,
      DetectionSettings settings,
      OutputRoot root,
      String category) {
    return method.needsBackbone()
        ? List.of(
            FittedSource.broadcast(
                spark,
                settings,
                new ModelStore(root, category),
                method.networks(settings).isEmpty()))
        : List.of();
  }

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
    Map<String, EngineSource<?>> networks = new LinkedHashMap<>();
    for (MethodNetwork network : method.networks(settings)) {
      ModelStore store = ModelStore.of(root, network, category);
      networks.put(
          network.name(),
          network.isGraph()
              ? GraphSource.broadcast(spark, store)
              : ModelSource.broadcast(spark, network.engine().orElse(engine), store));
    }
    return new DetectorSource(
        method.name(),
        settings,
        networks,
        fitted(spark, method, settings, root, category),
        Inspection.WHOLE,
        null);
  }

  /**
   * Returns this source with another score of the images, which is broadcast; the paper's is the
   * method's own.
   */
  public DetectorSource scoredBy(JavaSparkContext spark, Scorer other) {
    return new DetectorSource(
        method,
        settings,
        networks,
        fitted,
        inspection,
        other.equals(Scorer.PAPER) ? null : spark.broadcast(other));
  }

  /** Returns this source with another inspection of its maps. */
  public DetectorSource inspecting(Inspection other) {
    return new DetectorSource(method, settings, networks, fitted, other, scorer);
  }

  /** Returns the score of its images. */
  public Scorer ownScorer() {
    return scorer == null ? Scorer.PAPER : scorer.value();
  }

  /** Frees the score alone, where the networks are still in use by another source. */
  public void destroyScorer() {
    if (scorer != null) {
      scorer.destroy();
    }
  }

  /** Frees what is kept of it for tasks to come; none may follow. */
  public void destroy() {
    networks.values().forEach(EngineSource::destroy);
    fitted.forEach(FittedSource::destroy);
    destroyScorer();
  }
}
