package org.fairspark.network;

/** A network that restores colour images from their high frequencies. */
public interface Restorer extends AutoCloseable {
  /**
   * Restores a batch, with the statistics learnt in training (evaluation mode).
   *
   * @param input {@code float[n][inputChannels][height][width]}
   * @return {@code float[n][3][height][width]}, RGB about [0,1], not clipped
   * @throws IllegalArgumentException if a size is not a multiple of 16 or the array's length does
   *     not fit
   */
  float[] restore(float[] input, int n, int height, int width);

  /** Frees native memory, where there is any. */
  @Override
  default void close() {}
}
