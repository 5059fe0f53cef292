package org.fairspark.inference;

import org.fairspark.network.Restorer;

/** A restorer that one task has to itself until it closes this. */
public final class Lease implements AutoCloseable {
  private final Restorer restorer;
  private Runnable giveBack;
  private Runnable destroy;

  Lease(Restorer restorer, Runnable giveBack, Runnable destroy) {
    this.restorer = restorer;
    this.giveBack = giveBack;
    this.destroy = destroy;
  }

  /** The restorer; not to be used after {@link #close} or {@link #discard}. */
  public Restorer restorer() {
    return restorer;
  }

  /** Gives it back for other tasks. Does nothing the second time. */
  @Override
  public void close() {
    end(giveBack);
  }

  /** Gives it back as one that failed in the middle: nobody uses it again. */
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
