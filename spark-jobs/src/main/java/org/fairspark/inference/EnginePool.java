package org.fairspark.inference;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fairspark.cache.ProcessCache;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.Trainer;

/**
 * The engines of this JVM that no task uses now, kept because building one costs more than a round
 * of training or a batch. A task has one to itself while it holds the {@link Lease}, but for
 * engines that all tasks of the JVM share, as those on GPUs.
 *
 * <p>Idle engines hold native memory. All of the kind that was asked for last are kept, of others
 * only the newest: tasks of several categories, or of several trials of a sweep, may take turns.
 */
public final class EnginePool {
  /**
   * The largest number of idle engines that were built around other weights than the last ones
   * asked for.
   */
  static final int MAX_OTHER_MODELS = 2;

  /**
   * The largest number of idle engines of other architectures than the last one asked for; they
   * take any weights.
   */
  static final int MAX_OTHER_NETWORKS =
      Math.max(MAX_OTHER_MODELS, Runtime.getRuntime().availableProcessors());

  private static final ProcessCache<Key, AutoCloseable> IDLE =
      ProcessCache.ofGroups(Key::loadable, Key::maxIdleOthers);

  private static final Map<Key, SharedEngine> SHARED = new HashMap<>();

  /** An engine that several tasks use at a time. */
  private static final class SharedEngine {
    private AutoCloseable engine;
    private int users;
    private boolean failed;
  }

  private EnginePool() {}

  /**
   * Properties that engines share which can stand for each other.
   *
   * @param library that computes
   * @param network SHA-256 of the weights that the engine was built around, or the architecture of
   *     an engine that takes any weights
   * @param loadable whether it takes any weights
   * @param threads native threads of each of its operations
   * @param device CUDA's number of the GPU, or {@link org.fairspark.spark.device.TaskDevice#CPU}
   */
  record Key(String library, String network, boolean loadable, int threads, int device) {
    int maxIdleOthers() {
      return loadable ? MAX_OTHER_NETWORKS : MAX_OTHER_MODELS;
    }
  }

  /**
   * Runs with a trainer that the running task has to itself until the work is done, on the GPU that
   * the task was given or on so many native threads. A trainer whose work fails is closed.
   *
   * @param choice of the engine, made on the driver
   * @param spec the network's architecture; its weights may be any, so load some
   * @param threads native threads, at least 1
   */
  public static <T> T train(
      TrainingChoice choice, NetworkSpec spec, int threads, Function<Trainer, T> work) {
    return run(Engines.trainer(choice, spec, threads), work);
  }

  /**
   * Runs with a restorer of weights that this JVM holds, likewise. Tasks that all need the same
   * ones get them by a {@link ModelSource}.
   *
   * @param id SHA-256 of the weights, or what else names them and no others in this JVM
   */
  public static <T> T restore(
      InferenceEngine engine,
      String id,
      NetworkWeights weights,
      int threads,
      Function<Restorer, T> work) {
    return run(Engines.restorer(engine, id, weights, threads), work);
  }

  /** Does work with a leased engine, and gives it back; one whose work fails is closed. */
  static <E, T> T run(Lease<E> lease, Function<E, T> work) {
    T result;
    try {
      result = work.apply(lease.engine());
    } catch (RuntimeException | Error e) {
      lease.discard();
      throw e;
    }
    lease.close();
    return result;
  }

  /**
   * Lends an idle engine of this key, or one that is made now.
   *
   * @param type of all engines of this key
   */
  static <E extends AutoCloseable> Lease<E> lease(Key key, Class<E> type, Supplier<E> make) {
    E engine = IDLE.take(key).map(type::cast).orElseGet(make);
    return new Lease<>(engine, () -> IDLE.give(key, engine), () -> close(engine));
  }

  /**
   * Lends the engine of this key that other tasks use too: an idle one or one that is made now for
   * the first of them. The last one gives it back. An engine that failed one task is lent to no
   * other, and closed when all have done with it.
   *
   * @param type of all engines of this key
   * @param make an engine for several threads at a time
   */
  static <E extends AutoCloseable> Lease<E> share(Key key, Class<E> type, Supplier<E> make) {
    SharedEngine shared;
    synchronized (SHARED) {
      shared = SHARED.computeIfAbsent(key, k -> new SharedEngine());
      shared.users++;
    }
    try {
      E engine;
      synchronized (shared) {
        if (shared.engine == null) {
          shared.engine = IDLE.take(key).orElseGet(make::get);
        }
        engine = type.cast(shared.engine);
      }
      return new Lease<>(
          engine, () -> giveBack(key, shared, false), () -> giveBack(key, shared, true));
    } catch (RuntimeException | Error e) {
      giveBack(key, shared, true);
      throw e;
    }
  }

  /** Ends one task's use of a shared engine. */
  private static void giveBack(Key key, SharedEngine shared, boolean failed) {
    boolean last;
    synchronized (SHARED) {
      shared.users--;
      shared.failed |= failed;
      last = shared.users == 0;
      if (last || shared.failed) {
        SHARED.remove(key, shared);
      }
    }
    if (last && shared.engine != null) {
      if (shared.failed) {
        close(shared.engine);
      } else {
        IDLE.give(key, shared.engine);
      }
    }
  }

  private static void close(AutoCloseable engine) {
    try {
      engine.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("an engine could not be closed", e);
    }
  }

  /** Counts a library's idle engines, for tests. */
  static long idle(String library) {
    return IDLE.count(key -> key.library().equals(library));
  }
}
