package org.fairspark.random;

import java.nio.charset.StandardCharsets;

/**
 * A small random number generator (SplitMix64) whose every number is fixed by this file, so that
 * samples stay the same byte for byte on any Java version, machine, partition or thread.
 *
 * <p>Not thread-safe; make one where it is used, by {@link #of}.
 */
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public SeededRandom(long seed) {
    this.state = seed;
  }

  /**
   * The generator for one purpose. All that is drawn depends on these three values alone.
   *
   * @param runSeed the run's {@code seed} setting
   * @param key what the numbers are for: an image id, a category
   * @param number which of them: a variant or an epoch
   */
  public static SeededRandom of(long runSeed, String key, long number) {
    return new SeededRandom(seed(runSeed, key, number));
  }

  /** The seed behind {@link #of}, to be written down beside what was made with it. */
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

  /** Uniform in [0,1), with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low,high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /**
   * Uniform in {@code [0,bound)}, without bias.
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

  /** Uniform in {@code [low,high)}. */
  public int nextInt(int low, int high) {
    return low + nextInt(high - low);
  }

  /**
   * Normal with mean 0 and deviation 1, by Box and Muller's transform; the second number is not
   * kept.
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
