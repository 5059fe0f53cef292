package org.fairspark.inference;

import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.fairspark.network.Restorer;

/**
 * The restorer that a task has to itself from its first batch on, for as long as the model stays
 * the same; given back when the task ends, also if its rows are not read to the end.
 */
public final class TaskEngine implements AutoCloseable {
  private final int threads;
  private ModelSource current;
  private Lease<Restorer> lease;

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

  /** Works with a restorer of this model; one that fails in the middle is not used again. */
  public <T> T with(ModelSource model, Function<Restorer, T> work) {
    if (!model.equals(current)) {
      close();
      lease = model.lease(threads);
      current = model;
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
