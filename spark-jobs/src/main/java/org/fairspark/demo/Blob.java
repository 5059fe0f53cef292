package org.fairspark.demo;

import org.fairspark.random.SeededRandom;

/**
 * An irregular round patch: a disc whose rim wanders.
 *
 * @param x centre, in pixels
 * @param y centre, in pixels
 * @param radius mean radius, in pixels
 * @param roughness how far the rim wanders, as a share of the radius
 * @param detail bumps along the rim, about one for each unit
 * @param seed fixes the rim
 */
record Blob(float x, float y, float radius, float roughness, float detail, int seed) {

  static Blob draw(
      SeededRandom random, float x, float y, float radius, float roughness, float detail) {
    return new Blob(x, y, radius, roughness, detail, (int) random.nextLong());
  }

  /** How deep inside the patch a place lies, in pixels; negative outside. */
  float depth(float px, float py) {
    float dx = px - x;
    float dy = py - y;
    float distance = (float) Math.sqrt(dx * dx + dy * dy);
    float scale = detail / radius;
    float rim = radius * (1 + roughness * Noise.layered(seed, dx * scale, dy * scale, 4));
    return rim - distance;
  }

  void visit(Surface surface, Surface.Brush brush) {
    float reach = radius * (1 + roughness * 1.3f) + 3;
    surface.within(x - reach, y - reach, x + reach, y + reach, brush);
  }
}
