package org.fairspark.network;

/**
 * A network in training: weights, optimizer state and the step that changes both. What an engine
 * must offer so that {@code org.fairspark.training} can train with it.
 *
 * <p>May hold native memory: close it. Not for several threads at a time; several trainers, each on
 * a thread of its own, do not disturb each other.
 */
public interface Trainer extends AutoCloseable {
  /** Returns the network's architecture, fixed for the trainer's lifetime. */
  NetworkSpec spec();

  /**
   * Replaces weights, running statistics, Adam's moments and the number of steps done. Weights
   * without moments are trained on as if all moments were zero.
   *
   * @throws IllegalArgumentException if they are of another architecture
   */
  void load(NetworkWeights start);

  /**
   * Does one step of Adam on one batch, with the batch's own statistics.
   *
   * @param input {@code float[n][inputs]}, as {@link NetworkSpec#sample} says; of a U-Net {@code
   *     float[n][inputChannels][height][width]}
   * @param target {@code float[n][targets]}; of a U-Net {@code float[n][head
   *     channels][height][width]}, in [0,1]
   * @param height of the images; a network with sizes of its own takes any
   * @param width of the images
   * @param learningRate of this step, at least 0
   * @return the loss before the step; not finite where training has diverged: the weights are
   *     spoiled then, and the last good ones must be loaded
   * @throws IllegalArgumentException if a U-Net's size is not a multiple of 16, an array's length
   *     does not fit or the learning rate is negative or not finite
   */
  Loss step(float[] input, float[] target, int n, int height, int width, double learningRate);

  /** Returns a copy of everything that {@link #load} replaces. */
  NetworkWeights weights();

  /** Frees native memory, where there is any. */
  @Override
  void close();
}
