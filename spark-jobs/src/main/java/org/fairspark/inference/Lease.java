package org.fairspark.inference;

/**
 * An engine that one task has to itself until it closes this.
 *
 * @param <E> what the engine is used as: a trainer or a restorer
 */
public final class Lease<E> implements AutoCloseable {
  private final E engine;
  private Runnable giveBack;
  private Runnable destroy;

  Lease(E engine, Runnable giveBack, Runnable destroy) {
    this.engine = engine;
    this.giveBack = giveBack;
    this.destroy = destroy;
  }

  /** Returns the engine, which must not be used after {@link #close} or {@link #discard}. */
  public E engine() {
    return engine;
  }

  /** Gives the engine back for other tasks. Does nothing the second time. */
  @Override
  public void close() {
    end(giveBack);
  }

  /** Closes the engine, because it failed in the middle: no task uses it again. */
  public void discard() {
    end(destroy);
  }

  private void end(Runnable how) {
    if (giveBack != null) {
      giveBack = null;
      destroy = null;
      how.run();
    }
  }
}
