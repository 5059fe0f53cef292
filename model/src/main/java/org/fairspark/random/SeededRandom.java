package org.fairspark.random;

import java.nio.charset.StandardCharsets;

/**
 * A random number generator (SplitMix64) whose numbers are defined by this file alone, so that
 * samples are equal byte for byte on any Java version, machine, partition or thread.
 *
 * <p>Not thread-safe: each purpose creates its own by {@link #of}.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, Fast splittable
 *     pseudorandom number generators</a>
 */
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public SeededRandom(long seed) {
    this.state = seed;
  }

  /**
   * Creates the generator for one purpose. Its numbers depend on these three values alone.
   *
   * @param runSeed the run's {@code seed} setting
   * @param key the purpose, such as an image id or a category
   * @param number distinguishes generators of one key: a variant or an epoch
   */
  public static SeededRandom of(long runSeed, String key, long number) {
    return new SeededRandom(seed(runSeed, key, number));
  }

  /** Returns the seed of {@link #of}, to be stored with what its numbers made. */
  public static long seed(long runSeed, String key, long number) {
    long hash = mix(runSeed + GOLDEN_GAMMA);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ (b & 0xFF));
    }
    return mix(hash + GOLDEN_GAMMA * (number + 1));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Draws uniformly from [0,1), with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Draws uniformly from [low,high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /**
   * Draws uniformly from {@code [0,bound)}, without bias.
   *
   * @throws IllegalArgumentException if the bound is below 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, got " + bound);
    }
    long limit = (1L << 32) - ((1L << 32) % bound);
    long bits;
    do {
      bits = nextLong() >>> 32;
    } while (bits >= limit);
    return (int) (bits % bound);
  }

  /** Draws uniformly from {@code [low,high)}. */
  public int nextInt(int low, int high) {
    return low + nextInt(high - low);
  }

  /**
   * Draws from the normal distribution of mean 0 and deviation 1 by the Box-Muller transform, whose
   * second number is dropped.
   */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** Shuffles in place (Fisher and Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
