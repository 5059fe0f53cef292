package org.fairspark.network;

import java.util.Arrays;

/**
 * A trained network: one that restores colour images from their high frequencies, or, with another
 * {@link UnetSpec.Head}, tells how probably their pixels are corrupted.
 */
public interface Restorer extends AutoCloseable {
  /**
   * Runs a batch through, with the statistics learnt in training (evaluation mode).
   *
   * @param input {@code float[n][inputChannels][height][width]}
   * @return {@code float[n][3][height][width]}, RGB about [0,1], not clipped; or {@code
   *     float[n][1][height][width]}, logarithms of the odds
   * @throws IllegalArgumentException if a size is not a multiple of 16 or the array's length does
   *     not fit
   */
  float[] restore(float[] input, int n, int height, int width);

  /**
   * Restores images in a batch of a fixed size, because a convolution rounds differently for
   * another number of images. Beside them the network sees zeros, or images of other callers: the
   * result for an image depends on that image alone.
   *
   * @param input {@code float[n][inputChannels][height][width]}
   * @param n at least 1 and at most {@code batchSize}
   * @param batchSize images that the network sees
   * @return {@code float[n][3][height][width]}, as {@link #restore} does
   * @throws IllegalArgumentException if there are too many images, or they do not fit
   */
  default float[] restoreFilled(float[] input, int n, int batchSize, int height, int width) {
    requireFits(n, batchSize);
    if (n == batchSize) {
      return restore(input, n, height, width);
    }
    float[] batch = Arrays.copyOf(input, Math.multiplyExact(input.length / n, batchSize));
    float[] restored = restore(batch, batchSize, height, width);
    return Arrays.copyOf(restored, restored.length / batchSize * n);
  }

  /**
   * Refuses a number of images that no batch holds.
   *
   * @throws IllegalArgumentException if it is below 1 or above the batch size
   */
  static void requireFits(int n, int batchSize) {
    if (n < 1 || n > batchSize) {
      throw new IllegalArgumentException(
          "a batch of %d holds 1 to %d images, got %d".formatted(batchSize, batchSize, n));
    }
  }

  /** Frees native memory, where there is any. */
  @Override
  default void close() {}
}
