package org.fairspark.inference;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Frame;
import org.fairspark.detect.Methods;
import org.fairspark.detect.ScoredDetector;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.image.FloatImage;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.Backbone;
import org.fairspark.network.Restorer;
import org.fairspark.network.TrainedGraph;

/**
 * The detector that a task has to itself, with all of its networks; these are kept between calls,
 * as {@link TaskEngine} keeps one.
 */
public final class TaskDetector implements AutoCloseable {
  private final int threads;
  private final Map<String, TaskEngine<Object>> engines = new HashMap<>();
  private final TaskEngine<Backbone> backbone;

  /**
   * Makes a detector for the running task.
   *
   * @param threads native threads
   */
  public TaskDetector(int threads) {
    this.threads = threads;
    this.backbone = new TaskEngine<>(threads);
  }

  /**
   * Works with a detector of this source; networks that fail in the middle are not used again.
   *
   * @throws IllegalStateException if an engine cannot be used on this machine
   */
  public <T> T with(DetectorSource source, Function<AnomalyDetector, T> work) {
    Taken taken = new Taken();
    if (source.fitted().isEmpty()) {
      return with(source, source.networks().entrySet().iterator(), taken, work);
    }
    FittedSource fitted = source.fitted().get(0);
    return backbone.with(
        fitted.backbone(),
        leased -> {
          taken.backbone = leased;
          taken.fitted = fitted.tensors().value();
          return with(source, source.networks().entrySet().iterator(), taken, work);
        });
  }

  /**
   * Detects in images of several views, each inspected as its view is.
   *
   * @param images {@code float[3][H][W]} each
   * @param views of the images, in their order; empty where one is not known
   */
  public List<Detection> detect(
      DetectorSource source, List<FloatImage> images, List<String> views) {
    if (source.inspection().views().isEmpty()) {
      return with(source, own -> own.detect(images));
    }
    Detection[] found = new Detection[images.size()];
    for (String view : new LinkedHashSet<>(views)) {
      List<Integer> own =
          IntStream.range(0, views.size()).filter(i -> views.get(i).equals(view)).boxed().toList();
      List<Detection> detected =
          with(
              source.inspecting(source.inspection().of(view)),
              detector -> detector.detect(own.stream().map(images::get).toList()));
      for (int i = 0; i < own.size(); i++) {
        found[own.get(i)] = detected.get(i);
      }
    }
    return List.of(found);
  }

  /** Takes one network after the other, and works when all are there. */
  private <T> T with(
      DetectorSource source,
      Iterator<Map.Entry<String, EngineSource<?>>> missing,
      Taken taken,
      Function<AnomalyDetector, T> work) {
    if (missing.hasNext()) {
      Map.Entry<String, EngineSource<?>> next = missing.next();
      TaskEngine<Object> engine =
          engines.computeIfAbsent(next.getKey(), name -> new TaskEngine<>(threads));
      return engine.with(
          next.getValue(),
          network -> {
            taken.networks.put(next.getKey(), network);
            return with(source, missing, taken, work);
          });
    }
    Frame frame = source.settings().frame();
    try (AnomalyDetector detector =
        Methods.of(source.method()).detector(source.settings(), taken)) {
      // A score of the method's own is one of all that the network sees.
      return work.apply(
          source.inspection().isWhole()
                  && source.scorer() == null
                  && frame.fit() == Frame.Fit.STRETCH
              ? detector
              : new ScoredDetector(
                  frame.of(detector),
                  source.inspection(),
                  source.ownScorer(),
                  source.settings().function()));
    }
  }

  /** The networks of the method's model that the task has taken. */
  private static final class Taken implements TrainedNetworks {
    private final Map<String, Object> networks = new HashMap<>();
    private Backbone backbone;
    private SafeTensors fitted;

    @Override
    public Restorer network(String name) {
      return taken(name, Restorer.class);
    }

    @Override
    public TrainedGraph graph(String name) {
      return taken(name, TrainedGraph.class);
    }

    private <N> N taken(String name, Class<N> type) {
      Object network = networks.get(name);
      if (!type.isInstance(network)) {
        throw new IllegalArgumentException(
            "the method asks for the network %s and declares only %s"
                .formatted(name, networks.keySet()));
      }
      return type.cast(network);
    }

    @Override
    public Backbone backbone() {
      return backbone == null ? TrainedNetworks.super.backbone() : backbone;
    }

    @Override
    public SafeTensors fitted() {
      return fitted == null ? TrainedNetworks.super.fitted() : fitted;
    }
  }

  /** Gives the networks back; the next call takes others. */
  @Override
  public void close() {
    engines.values().forEach(TaskEngine::close);
    backbone.close();
  }
}
