package org.fairspark.network;

/**
 * Images that one caller wants restored, and what of them has been so far. Guarded by its queue.
 */
final class RestorationRequest {
  /**
   * A shape of batches; images of requests of the same shape may be in one.
   *
   * @param batchSize images that the network sees at a time
   * @param perImage values of an image
   */
  record Shape(int batchSize, int perImage, int height, int width) {}

  /** Some images of a request, in their order. */
  record Part(RestorationRequest request, int from, int count) {
    /** Copies the images into a batch. */
    void copyTo(float[] batch, int at) {
      int length = request.shape.perImage();
      System.arraycopy(request.input, from * length, batch, at, count * length);
    }

    /** Takes over what was restored of them. */
    void answer(float[] restored, int at, int perImage) {
      if (request.restored == null) {
        request.restored = new float[request.images * perImage];
      }
      System.arraycopy(restored, at, request.restored, from * perImage, count * perImage);
      request.answered += count;
    }

    /** Returns the request's own array where it is a whole batch; null where it is not. */
    float[] wholeBatch() {
      return count == request.shape.batchSize() ? request.input : null;
    }
  }

  private final Shape shape;
  private final float[] input;
  private final int images;
  private int taken;
  private int answered;
  private float[] restored;
  private RuntimeException failure;

  /**
   * Makes a request.
   *
   * @param input {@code float[n][C][height][width]}
   * @throws IllegalArgumentException if no batch holds so many images
   */
  RestorationRequest(float[] input, int n, int batchSize, int height, int width) {
    Restorer.requireFits(n, batchSize);
    if (input.length % n != 0) {
      throw new IllegalArgumentException(
          "%d values are not those of %d images of one size".formatted(input.length, n));
    }
    this.shape = new Shape(batchSize, input.length / n, height, width);
    this.input = input;
    this.images = n;
  }

  Shape shape() {
    return shape;
  }

  int images() {
    return images;
  }

  /** Counts the images that are in no batch yet. */
  int untaken() {
    return images - taken;
  }

  /** Takes the next images, as many as there is room for. */
  Part take(int room) {
    Part part = new Part(this, taken, Math.min(room, untaken()));
    taken += part.count();
    return part;
  }

  void fail(RuntimeException reason) {
    failure = reason;
  }

  boolean isEnded() {
    return failure != null || answered == images;
  }

  /**
   * Returns what was restored.
   *
   * @throws RuntimeException of the kind of the failure, if there was one; its cause is the
   *     failure, which other callers may get too
   */
  float[] result() {
    if (failure instanceof IllegalArgumentException) {
      throw new IllegalArgumentException(failure.getMessage(), failure);
    }
    if (failure != null) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
    return restored;
  }
}
