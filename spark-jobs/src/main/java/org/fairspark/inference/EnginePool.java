package org.fairspark.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.Restorer;

/**
 * The restorers of this JVM that no task uses now, for making one costs more than a batch. They
 * hold native memory: all of the model that was asked for last are kept, and few of others, for
 * tasks of several categories may take turns.
 */
final class EnginePool {
  /** Most restorers of models that were not asked for last. */
  static final int OTHERS = 2;

  /** The one that was given back last comes first. */
  private static final Deque<Idle> IDLE = new ArrayDeque<>();

  private EnginePool() {}

  /**
   * Restorers that can stand for each other.
   *
   * @param model SHA-256 of the model's weights
   */
  record Key(InferenceEngine engine, String model, int threads, OptionalInt gpu) {}

  private record Idle(Key key, Restorer restorer) {}

  /** A restorer that goes back into the pool when the lease ends well, and is closed otherwise. */
  static Lease lease(Key key, Supplier<Restorer> make) {
    Restorer idle = take(key);
    Restorer restorer = idle == null ? make.get() : idle;
    return new Lease(restorer, () -> give(key, restorer), restorer::close);
  }

  private static Restorer take(Key key) {
    Restorer found = null;
    List<Idle> surplus;
    synchronized (EnginePool.class) {
      for (Iterator<Idle> all = IDLE.iterator(); found == null && all.hasNext(); ) {
        Idle idle = all.next();
        if (idle.key().equals(key)) {
          found = idle.restorer();
          all.remove();
        }
      }
      surplus = surplus(key);
    }
    surplus.forEach(idle -> idle.restorer().close());
    return found;
  }

  private static void give(Key key, Restorer restorer) {
    List<Idle> surplus;
    synchronized (EnginePool.class) {
      IDLE.push(new Idle(key, restorer));
      surplus = surplus(key);
    }
    surplus.forEach(idle -> idle.restorer().close());
  }

  /** Removes the oldest of other models. */
  private static List<Idle> surplus(Key current) {
    List<Idle> surplus = new ArrayList<>();
    int others = 0;
    for (Iterator<Idle> all = IDLE.iterator(); all.hasNext(); ) {
      Idle idle = all.next();
      if (!idle.key().equals(current) && ++others > OTHERS) {
        surplus.add(idle);
        all.remove();
      }
    }
    return surplus;
  }

  /** How many are idle, for tests. */
  static synchronized int idle() {
    return IDLE.size();
  }
}
