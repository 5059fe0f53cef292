package org.fairspark.inference;

import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The engine that a task has to itself from its first batch on, for as long as the network stays
 * the same; given back when the task ends, also if its rows are not read to the end.
 *
 * @param <E> what the engine is used as
 */
public final class TaskEngine<E> implements AutoCloseable {
  private final int threads;
  private EngineSource<? extends E> current;
  private Lease<? extends E> lease;

  /**
   * Makes the holder of the running task's engine.
   *
   * @param threads native threads
   */
  public TaskEngine(int threads) {
    this.threads = threads;
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> close());
    }
  }

  /** Works with an engine of this network; one that fails in the middle is not used again. */
  public <T> T with(EngineSource<? extends E> source, Function<E, T> work) {
    if (!source.equals(current)) {
      close();
      lease = source.lease(threads);
      current = source;
    }
    try {
      return work.apply(lease.engine());
    } catch (RuntimeException | Error e) {
      lease.discard();
      close();
      throw e;
    }
  }

  /** Gives it back; the next batch takes another. */
  @Override
  public void close() {
    if (lease != null) {
      lease.close();
      lease = null;
      current = null;
    }
  }
}
