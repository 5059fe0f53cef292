package org.fairspark.inference;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Methods;
import org.fairspark.network.Restorer;

/**
 * The detector that a task has to itself, with all of its networks; these are kept between calls,
 * as {@link TaskEngine} keeps one.
 */
public final class TaskDetector implements AutoCloseable {
  private final int threads;
  private final Map<String, TaskEngine> engines = new HashMap<>();

  /**
   * Makes a detector for the running task.
   *
   * @param threads native threads
   */
  public TaskDetector(int threads) {
    this.threads = threads;
  }

  /**
   * Works with a detector of this source; networks that fail in the middle are not used again.
   *
   * @throws IllegalStateException if an engine cannot be used on this machine
   */
  public <T> T with(DetectorSource source, Function<AnomalyDetector, T> work) {
    return with(source, source.networks().entrySet().iterator(), new HashMap<>(), work);
  }

  /** Takes one network after the other, and works when all are there. */
  private <T> T with(
      DetectorSource source,
      Iterator<Map.Entry<String, ModelSource>> missing,
      Map<String, Restorer> taken,
      Function<AnomalyDetector, T> work) {
    if (missing.hasNext()) {
      Map.Entry<String, ModelSource> next = missing.next();
      TaskEngine engine = engines.computeIfAbsent(next.getKey(), name -> new TaskEngine(threads));
      return engine.with(
          next.getValue(),
          restorer -> {
            taken.put(next.getKey(), restorer);
            return with(source, missing, taken, work);
          });
    }
    try (AnomalyDetector detector =
        Methods.of(source.method()).detector(source.settings(), name -> network(taken, name))) {
      return work.apply(detector);
    }
  }

  private static Restorer network(Map<String, Restorer> networks, String name) {
    Restorer network = networks.get(name);
    if (network == null) {
      throw new IllegalArgumentException(
          "the method asks for the network %s and declares only %s"
              .formatted(name, networks.keySet()));
    }
    return network;
  }

  /** Gives the networks back; the next call takes others. */
  @Override
  public void close() {
    engines.values().forEach(TaskEngine::close);
  }
}
