package org.fairspark.demo;

import org.fairspark.random.SeededRandom;

/**
 * An irregular round patch: a disc with an uneven rim.
 *
 * @param x centre, in pixels
 * @param y centre, in pixels
 * @param radius mean radius, in pixels
 * @param roughness deviation of the rim, as a fraction of the radius
 * @param detail bumps along the rim, about one per unit
 * @param seed determines the rim
 */
record Blob(float x, float y, float radius, float roughness, float detail, int seed) {
  /** Draws the rim of a patch with the given centre and size. */
  static Blob draw(
      SeededRandom random, float x, float y, float radius, float roughness, float detail) {
    return new Blob(x, y, radius, roughness, detail, (int) random.nextLong());
  }

  /** Returns the distance of a point from the rim in pixels, positive inside, negative outside. */
  float depth(float px, float py) {
    float dx = px - x;
    float dy = py - y;
    float distance = (float) Math.sqrt(dx * dx + dy * dy);
    float scale = detail / radius;
    float rim = radius * (1 + roughness * Noise.layered(seed, dx * scale, dy * scale, 4));
    return rim - distance;
  }

  /** Visits the samples of the patch and a margin of 3 pixels about it. */
  void visit(Surface surface, Surface.Brush brush) {
    float reach = radius * (1 + roughness * 1.3f) + 3;
    surface.within(x - reach, y - reach, x + reach, y + reach, brush);
  }
}
