package org.fairspark.network;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A restorer that many threads use at a time and one thread of its own runs, so that a GPU has one
 * copy of the network and never waits while any caller has images for it. Batches are gathered over
 * all callers that wait; none is held back for more images to come.
 *
 * <p>What is wrong with a caller's images is told to that caller. A device that fails is told to
 * all who wait, and it is not used again: {@link #close} this restorer and make another. A caller
 * that is interrupted takes its images out of the queue; others do not notice.
 */
public final class SharedRestorer implements Restorer {
  /**
   * Batches that may wait for the device: enough for the next to be ready when one is done, and few
   * enough that the callers, not the queue, hold the images of a device that is too slow for them.
   */
  public static final int WAITING_BATCHES = 4;

  private static final Logger LOG = LoggerFactory.getLogger(SharedRestorer.class);

  private final RestorationQueue queue = new RestorationQueue(WAITING_BATCHES);
  private final String name;
  private final Thread thread;

  /**
   * Makes the network on the thread that will run it, and waits until it is there.
   *
   * @param name of the network and its device, for logs
   * @param make the restorer that is shared; called, used and closed by one thread
   * @throws RuntimeException or an error of its, if it cannot be made
   */
  public SharedRestorer(String name, Supplier<? extends Restorer> make) {
    this.name = name;
    CompletableFuture<Void> made = new CompletableFuture<>();
    thread = new Thread(() -> run(make, made), "restore " + name);
    thread.setDaemon(true);
    thread.start();
    try {
      made.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      if (e.getCause() instanceof Error failed) {
        throw failed;
      }
      throw e;
    }
  }

  private void run(Supplier<? extends Restorer> make, CompletableFuture<Void> made) {
    try (Restorer device = make.get()) {
      made.complete(null);
      for (List<RestorationRequest.Part> parts = queue.take();
          !parts.isEmpty();
          parts = queue.take()) {
        restore(device, parts);
      }
    } catch (InterruptedException e) {
      queue.fail(List.of(), e);
    } catch (RuntimeException | Error e) {
      if (!made.completeExceptionally(e)) {
        queue.fail(List.of(), e);
      }
    }
  }

  private void restore(Restorer device, List<RestorationRequest.Part> parts) {
    RestorationRequest.Shape shape = parts.get(0).request().shape();
    try {
      float[] restored =
          device.restore(batch(shape, parts), shape.batchSize(), shape.height(), shape.width());
      queue.answer(parts, restored);
    } catch (IllegalArgumentException e) {
      queue.refuse(parts, e);
    } catch (RuntimeException | Error e) {
      LOG.warn("The shared restorer {} failed and is not used again", name, e);
      queue.fail(parts, e);
    }
  }

  private static float[] batch(
      RestorationRequest.Shape shape, List<RestorationRequest.Part> parts) {
    float[] whole = parts.get(0).wholeBatch();
    if (whole != null) {
      return whole;
    }
    float[] batch = new float[Math.multiplyExact(shape.batchSize(), shape.perImage())];
    int at = 0;
    for (RestorationRequest.Part part : parts) {
      part.copyTo(batch, at);
      at += part.count() * shape.perImage();
    }
    return batch;
  }

  @Override
  public float[] restore(float[] input, int n, int height, int width) {
    return restoreFilled(input, n, n, height, width);
  }

  /**
   * Waits until the images were restored.
   *
   * @throws IllegalStateException if the device failed, this is closed, or the thread was
   *     interrupted, which it stays
   */
  @Override
  public float[] restoreFilled(float[] input, int n, int batchSize, int height, int width) {
    try {
      return queue.await(new RestorationRequest(input, n, batchSize, height, width));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while %d image(s) waited for %s".formatted(n, name), e);
    }
  }

  /** Returns what was restored so far. */
  RestorationQueue.Counts counts() {
    return queue.counts();
  }

  /** Counts the images that wait. */
  int waitingImages() {
    return queue.waitingImages();
  }

  /** Refuses who waits, and frees the network when its batch is done. */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    RestorationQueue.Counts done = counts();
    if (done.batches() > 0) {
      LOG.info(
          "{} restored {} images in {} batches, {} % filled; {} times none waited",
          name, done.images(), done.batches(), Math.round(100 * done.fill()), done.emptyTimes());
    }
  }
}
