package org.fairspark.demo;

import java.util.List;
import org.fairspark.random.SeededRandom;

/** A texture category: a two-coloured twill weave, as it runs under a line camera. */
final class WovenCloth implements Product {
  private static final float PITCH = 12.8f;

  private final int pixels;

  WovenCloth(int pixels) {
    this.pixels = pixels;
  }

  @Override
  public String name() {
    return "weave";
  }

  @Override
  public List<String> defects() {
    return List.of("hole", "stain", "missing_yarn", "foreign_thread");
  }

  @Override
  public Studio studio(SeededRandom random) {
    return Studio.draw(random, false);
  }

  @Override
  public Surface flawless(SeededRandom random) {
    return weave(new Cloth(random), Gap.NONE);
  }

  @Override
  public Surface defective(SeededRandom random, String defect) {
    Cloth cloth = new Cloth(random);
    float x = (float) random.nextDouble(0.18, 0.82) * pixels;
    float y = (float) random.nextDouble(0.18, 0.82) * pixels;
    return switch (defect) {
      case "hole" -> hole(random, weave(cloth, Gap.NONE), x, y);
      case "stain" -> stain(random, weave(cloth, Gap.NONE), x, y);
      case "missing_yarn" -> {
        float half = (float) random.nextDouble(0.13, 0.30) * pixels;
        yield weave(cloth, new Gap(x, y, half, random.nextBoolean()));
      }
      case "foreign_thread" -> thread(random, weave(cloth, Gap.NONE), x, y);
      default -> throw new IllegalArgumentException("no such defect of " + name() + ": " + defect);
    };
  }

  /** The position, rotation and pitch of a piece of cloth, and the seed of its yarns. */
  private static final class Cloth {
    final float cos;
    final float sin;
    final float pitch;
    final float shiftX;
    final float shiftY;
    final int seed;

    Cloth(SeededRandom random) {
      double angle = Math.toRadians(random.nextDouble(-1.5, 1.5));
      cos = (float) StrictMath.cos(angle);
      sin = (float) StrictMath.sin(angle);
      pitch = PITCH * (float) random.nextDouble(0.985, 1.015);
      shiftX = (float) random.nextDouble(8, 40);
      shiftY = (float) random.nextDouble(8, 40);
      seed = (int) random.nextLong();
    }
  }

  /**
   * A stretch of one yarn that is missing.
   *
   * @param x its centre, in pixels
   * @param y its centre, in pixels
   * @param half half its length, in pixels; negative for no gap
   * @param warp whether the yarn is of the warp, not of the weft
   */
  private record Gap(float x, float y, float half, boolean warp) {
    static final Gap NONE = new Gap(0, 0, -1, false);
  }

  private Surface weave(Cloth cloth, Gap gap) {
    Surface surface = new Surface(pixels);
    float perPixel = 1 / cloth.pitch;
    float gapU = (gap.x * cloth.cos - gap.y * cloth.sin) * perPixel + cloth.shiftX;
    float gapV = (gap.x * cloth.sin + gap.y * cloth.cos) * perPixel + cloth.shiftY;
    int missing = Noise.floor(gap.warp ? gapU : gapV);
    surface.everywhere(
        (i, x, y) -> {
          float shiftU = 0.10f * Noise.layered(cloth.seed, x * 0.02f, y * 0.02f, 2);
          float shiftV = 0.10f * Noise.layered(cloth.seed + 5, x * 0.02f, y * 0.02f, 2);
          float u = (x * cloth.cos - y * cloth.sin) * perPixel + cloth.shiftX + shiftU;
          float v = (x * cloth.sin + y * cloth.cos) * perPixel + cloth.shiftY + shiftV;
          int column = Noise.floor(u);
          int row = Noise.floor(v);
          int turn = Math.floorMod(column + row, 4);
          boolean warpOnTop = turn < 2;
          if (gap.half > 0) {
            float along = gap.warp ? v - gapV : u - gapU;
            boolean inside = Math.abs(along) * cloth.pitch < gap.half;
            if (inside && (gap.warp ? column : row) == missing) {
              surface.defective[i] = true;
              missingYarn(surface, i, cloth, u, v, gap.warp);
              return;
            }
          }
          yarn(surface, i, cloth, u, v, warpOnTop, turn);
        });
    return surface;
  }

  /** Sets one sample to the yarn that lies on top. */
  private static void yarn(
      Surface s, int i, Cloth cloth, float u, float v, boolean warp, int turn) {
    float across = 2 * (warp ? u - Noise.floor(u) : v - Noise.floor(v)) - 1;
    float along = warp ? v : u;
    // Position on its float over two crossings, 0..1.
    float part = (along - Noise.floor(along) + (turn & 1)) / 2;
    float bow = 2 * part - 1;
    int number = warp ? Noise.floor(u) : 1000 + Noise.floor(v);
    float hump = 1 - bow * bow;
    // Spun yarn varies in thickness, and slips under its neighbours at both ends.
    float slub = 0.07f * Noise.smooth(cloth.seed + number * 17, along * 0.7f, 0);
    across = across / (0.80f + slub + 0.20f * (float) Math.sqrt(hump)) + 0.06f * bow;
    float body = 1 - across * across;
    if (body <= 0) {
      // The dark gap between the yarns.
      s.height[i] = -0.6f;
      s.color(i, 0.045f, 0.047f, 0.052f);
      return;
    }
    float round = (float) Math.sqrt(body);
    float twist = along * 1.9f + across * 0.60f + Noise.at(cloth.seed, number, 3);
    float strand = Math.abs(2 * (twist - Noise.floor(twist)) - 1);
    float fibre =
        Noise.layered(
            cloth.seed + number * 31, along * 2.5f + across * 1.5f, across * 7 - along * 4, 3);
    s.height[i] = 4.6f * round * (0.40f + 0.60f * hump) + 0.55f * strand + 0.75f * fibre;
    float shade =
        (1 + 0.06f * Noise.at(cloth.seed, number, 1))
            * (0.84f + 0.20f * strand + 0.24f * fibre)
            * (0.45f + 0.55f * round * (0.5f + 0.5f * hump));
    if (warp) {
      s.color(i, 0.105f * shade, 0.135f * shade, 0.175f * shade);
    } else {
      s.color(i, 0.560f * shade, 0.505f * shade, 0.415f * shade);
    }
  }

  /** Sets one sample where a yarn is missing: the crossing yarns lie low over a dark gap. */
  private static void missingYarn(Surface s, int i, Cloth cloth, float u, float v, boolean warp) {
    yarn(s, i, cloth, u, v, !warp, 0);
    float middle = 2 * (warp ? u - Noise.floor(u) : v - Noise.floor(v)) - 1;
    s.height[i] = 0.45f * s.height[i] - 0.7f;
    float light = 0.50f + 0.12f * middle * middle;
    s.tint(i, light, light, light, 1);
  }

  private Surface hole(SeededRandom random, Surface s, float x, float y) {
    float radius = (float) random.nextDouble(0.030, 0.065) * pixels;
    Blob blob = Blob.draw(random, x, y, radius, 0.55f, 2.4f);
    blob.visit(
        s,
        (i, px, py) -> {
          float depth = blob.depth(px, py);
          // Torn ends: yarns reach into the hole by different lengths.
          float ragged = depth - 2.2f * (1 + Noise.smooth(blob.seed(), px * 0.9f, py * 0.9f));
          if (ragged > 0) {
            s.height[i] = -9;
            float dust = 1 + 0.2f * Noise.smooth(blob.seed() + 1, px, py);
            s.color(i, 0.020f * dust, 0.021f * dust, 0.024f * dust);
            s.defective[i] = true;
          } else if (depth > -1.5f) {
            float fray = Noise.layered(blob.seed() + 2, px * 0.5f, py * 0.5f, 3);
            s.height[i] += 1.2f + 2.2f * fray;
            s.paint(i, 0.55f, 0.52f, 0.46f, 0.5f + 0.4f * fray);
            s.defective[i] = true;
          }
        });
    return s;
  }

  private Surface stain(SeededRandom random, Surface s, float x, float y) {
    float radius = (float) random.nextDouble(0.06, 0.13) * pixels;
    Blob blob = Blob.draw(random, x, y, radius, 0.40f, 1.6f);
    float strength = (float) random.nextDouble(0.65, 0.9);
    boolean oil = random.nextBoolean();
    blob.visit(
        s,
        (i, px, py) -> {
          float depth = blob.depth(px, py);
          if (depth <= 0) {
            return;
          }
          float rim = Noise.step(5, 0, depth) * 0.25f;
          float soaked = Noise.step(0, 4, depth) * strength + rim * Noise.step(0, 1, depth);
          soaked *= 0.9f + 0.2f * Noise.layered(blob.seed() + 3, px * 0.08f, py * 0.08f, 3);
          if (oil) {
            s.tint(i, 0.24f, 0.18f, 0.12f, Noise.clamp(soaked, 0, 1));
          } else {
            s.tint(i, 0.66f, 0.30f, 0.16f, Noise.clamp(soaked, 0, 1));
          }
          s.defective[i] = true;
        });
    return s;
  }

  private Surface thread(SeededRandom random, Surface s, float x, float y) {
    float length = (float) random.nextDouble(0.25, 0.5) * pixels;
    BezierCurve curve = BezierCurve.draw(random, x, y, length, 0.7f);
    float[][] colors = {{0.52f, 0.05f, 0.04f}, {0.62f, 0.45f, 0.05f}, {0.03f, 0.03f, 0.03f}};
    float[] color = colors[random.nextInt(colors.length)];
    float radius = (float) random.nextDouble(1.4, 2.1);
    int seed = (int) random.nextLong();
    curve.visit(
        s,
        radius + 3,
        (i, distance, along) -> {
          float off = Math.abs(distance);
          if (off < radius) {
            float round = (float) Math.sqrt(1 - off * off / (radius * radius));
            float twist = along * length * 0.35f + distance * 0.5f;
            float strand = 0.75f + 0.5f * Math.abs(2 * (twist - Noise.floor(twist)) - 1);
            float shade = strand * (1 + 0.15f * Noise.smooth(seed, along * length, distance));
            s.height[i] = 4.5f + 2.2f * round;
            s.color(i, color[0] * shade, color[1] * shade, color[2] * shade);
            s.defective[i] = true;
          } else {
            // The thread's contact shadow, which is no defect of the cloth.
            float shadow = 1 - 0.45f * (1 - (off - radius) / 3);
            s.tint(i, shadow, shadow, shadow, 1);
          }
        });
    return s;
  }
}
