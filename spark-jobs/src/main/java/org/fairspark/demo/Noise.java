package org.fairspark.demo;

/**
 * Smooth random functions of the position, determined by a seed: value noise on a hashed lattice.
 */
final class Noise {
  private Noise() {}

  private static int hash(int seed, int x, int y) {
    int h = seed ^ x * 0x27d4eb2d ^ y * 0x165667b1;
    h = (h ^ (h >>> 15)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  /** Returns a lattice point's value, uniform in [-1,1). */
  static float at(int seed, int x, int y) {
    return hash(seed, x, y) * 0x1.0p-31f;
  }

  /** Returns value noise in [-1,1), with about one bump per unit of length. */
  static float smooth(int seed, float x, float y) {
    int column = floor(x);
    int row = floor(y);
    float u = fade(x - column);
    float v = fade(y - row);
    float top = mix(at(seed, column, row), at(seed, column + 1, row), u);
    float bottom = mix(at(seed, column, row + 1), at(seed, column + 1, row + 1), u);
    return mix(top, bottom, v);
  }

  /** Sums octaves of {@link #smooth}, each half as large and half as strong, to about [-1,1]. */
  static float layered(int seed, float x, float y, int octaves) {
    float sum = 0;
    float weight = 0.5f;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * smooth(seed + octave * 0x9e3779b9, x, y);
      // Not exactly two, so that lattice points do not coincide.
      x *= 2.03f;
      y *= 2.03f;
      weight *= 0.5f;
    }
    return sum * 1.3f;
  }

  static int floor(float value) {
    int truncated = (int) value;
    return value < truncated ? truncated - 1 : truncated;
  }

  /** Interpolates linearly: {@code from} at t = 0, {@code to} at t = 1. */
  static float mix(float from, float to, float t) {
    return from + (to - from) * t;
  }

  static float clamp(float value, float low, float high) {
    return value < low ? low : Math.min(value, high);
  }

  /** Returns 0 below {@code low}, 1 above {@code high}, and a smooth transition between. */
  static float step(float low, float high, float value) {
    float t = clamp((value - low) / (high - low), 0, 1);
    return t * t * (3 - 2 * t);
  }

  private static float fade(float t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }
}
