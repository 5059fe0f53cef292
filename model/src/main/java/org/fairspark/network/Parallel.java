package org.fairspark.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Runner that spreads independent pieces of Java work over some threads; the calling one takes
 * part.
 */
final class Parallel {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final ExecutorService HELPERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "fair-helper-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  private Parallel() {}

  /**
   * Does all pieces, each once.
   *
   * @param pieces how many there are
   * @param threads how many may work at a time
   * @param memory working memory, made once for each thread
   */
  static <M> void run(int pieces, int threads, Supplier<M> memory, ObjIntConsumer<M> piece) {
    AtomicInteger next = new AtomicInteger();
    Runnable share =
        () -> {
          M own = null;
          for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
            own = own == null ? memory.get() : own;
            piece.accept(own, i);
          }
        };
    List<Future<?>> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, pieces); i++) {
      helpers.add(HELPERS.submit(share));
    }
    share.run();
    for (Future<?> helper : helpers) {
      try {
        helper.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while others still worked", e);
      }
    }
  }
}
