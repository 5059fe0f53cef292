package org.fairspark.inference;

import java.io.Serializable;
import java.util.function.Function;

/**
 * A trained or frozen network that every executor can have.
 *
 * @param <E> what the engine that runs it is used as
 */
public interface EngineSource<E> extends Serializable {
  /**
   * Takes an engine for the running task, on its GPU or on so many native threads.
   *
   * @throws IllegalStateException if the engine cannot be used on this machine
   */
  Lease<E> lease(int threads);

  /** Frees what is kept of it for tasks to come; none may follow. */
  void destroy();

  /** Runs with an engine that the running task has to itself until the work is done. */
  default <T> T with(int threads, Function<E, T> work) {
    return EnginePool.run(lease(threads), work);
  }
}
