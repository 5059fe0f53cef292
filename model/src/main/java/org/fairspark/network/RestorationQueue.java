package org.fairspark.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A bounded queue of images whose threads wait until they are restored. One thread takes batches
 * from it, each filled with the images of as many callers as there is room for. Thread-safe.
 */
final class RestorationQueue {
  private final Deque<RestorationRequest> waiting = new ArrayDeque<>();
  private final int waitingBatches;

  private int images;
  private RuntimeException failure;
  private boolean closed;
  private Counts counts = new Counts(0, 0, 0, 0);

  /**
   * The work of a device so far.
   *
   * @param batches that it restored
   * @param images in them
   * @param places for images in them
   * @param emptyTimes how often it found no image waiting; the first time before any has come
   */
  record Counts(long batches, long images, long places, long emptyTimes) {
    private Counts plus(int moreImages, int morePlaces) {
      return new Counts(batches + 1, images + moreImages, places + morePlaces, emptyTimes);
    }

    private Counts andEmpty() {
      return new Counts(batches, images, places, emptyTimes + 1);
    }

    /** Returns the share of the places that images filled; 0 where there was no batch. */
    double fill() {
      return places == 0 ? 0 : (double) images / places;
    }
  }

  /**
   * Makes an empty queue.
   *
   * @param waitingBatches batches of images that may wait, beside the one that is restored; callers
   *     with more wait for room
   */
  RestorationQueue(int waitingBatches) {
    this.waitingBatches = waitingBatches;
  }

  /**
   * Waits for room, then for the result.
   *
   * @return {@code float[n][3][height][width]}
   * @throws InterruptedException if the caller was interrupted; its images leave the queue
   * @throws IllegalArgumentException if the images do not fit the network
   * @throws IllegalStateException if the device failed, or the queue is closed
   */
  synchronized float[] await(RestorationRequest request) throws InterruptedException {
    try {
      while (isOpen() && images > 0 && !hasRoom(request)) {
        wait();
      }
      requireOpen();
      waiting.add(request);
      images += request.images();
      notifyAll();
      while (!request.isEnded()) {
        wait();
      }
    } catch (InterruptedException e) {
      if (waiting.remove(request)) {
        images -= request.untaken();
        notifyAll();
      }
      throw e;
    }
    return request.result();
  }

  private boolean hasRoom(RestorationRequest request) {
    return images + request.images() <= waitingBatches * request.shape().batchSize();
  }

  private boolean isOpen() {
    return failure == null && !closed;
  }

  private void requireOpen() {
    if (failure != null) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
    if (closed) {
      throw new IllegalStateException("this restorer is closed");
    }
  }

  /**
   * Waits for images and takes those of the next batch: of the request that waits longest, and of
   * others of the same shape in their order.
   *
   * @return images of one shape, at most a batch; none once the queue is closed
   */
  synchronized List<RestorationRequest.Part> take() throws InterruptedException {
    if (waiting.isEmpty() && isOpen()) {
      counts = counts.andEmpty();
    }
    while (waiting.isEmpty() && isOpen()) {
      wait();
    }
    List<RestorationRequest.Part> parts = new ArrayList<>();
    if (!isOpen()) {
      return parts;
    }
    RestorationRequest.Shape shape = waiting.element().shape();
    int room = shape.batchSize();
    for (Iterator<RestorationRequest> all = waiting.iterator(); all.hasNext() && room > 0; ) {
      RestorationRequest request = all.next();
      if (request.shape().equals(shape)) {
        RestorationRequest.Part part = request.take(room);
        parts.add(part);
        room -= part.count();
        if (request.untaken() == 0) {
          all.remove();
        }
      }
    }
    images -= shape.batchSize() - room;
    notifyAll();
    return parts;
  }

  /** Hands the results of a batch to those who wait. */
  synchronized void answer(List<RestorationRequest.Part> parts, float[] restored) {
    int perImage = restored.length / parts.get(0).request().shape().batchSize();
    int from = 0;
    for (RestorationRequest.Part part : parts) {
      part.answer(restored, from, perImage);
      from += part.count() * perImage;
    }
    counts = counts.plus(from / perImage, parts.get(0).request().shape().batchSize());
    notifyAll();
  }

  /** Tells those whose images are in a batch, and no others, that these do not fit. */
  synchronized void refuse(List<RestorationRequest.Part> parts, IllegalArgumentException reason) {
    for (RestorationRequest.Part part : parts) {
      part.request().fail(reason);
      if (waiting.remove(part.request())) {
        images -= part.request().untaken();
      }
    }
    notifyAll();
  }

  /** Tells all who wait, and all who come, that the device failed. */
  synchronized void fail(List<RestorationRequest.Part> parts, Throwable cause) {
    long affected =
        waiting.stream().filter(one -> parts.stream().noneMatch(p -> p.request() == one)).count()
            + parts.size();
    failure =
        new IllegalStateException(
            "the device that tasks of this process share failed, with %d of them at work or waiting: %s"
                .formatted(affected, cause.getMessage() == null ? cause : cause.getMessage()),
            cause);
    parts.forEach(part -> part.request().fail(failure));
    waiting.forEach(request -> request.fail(failure));
    waiting.clear();
    images = 0;
    notifyAll();
  }

  /** Ends it: those who wait are refused. */
  synchronized void close() {
    closed = true;
    waiting.forEach(request -> request.fail(new IllegalStateException("this restorer is closed")));
    waiting.clear();
    images = 0;
    notifyAll();
  }

  /** Returns what was restored so far. */
  synchronized Counts counts() {
    return counts;
  }

  /** Counts the images that wait. */
  synchronized int waitingImages() {
    return images;
  }
}
