package org.fairspark.demo;

import java.util.List;
import org.fairspark.random.SeededRandom;

/** An object category: a turned steel flange with a black bush and six bolt holes, on a mat. */
final class MachinedFlange implements Product {
  private static final float RIM = 0.405f;
  private static final float GROOVE_INNER = 0.235f;
  private static final float GROOVE_OUTER = 0.255f;
  private static final float HUB = 0.195f;
  private static final float BUSH = 0.125f;
  private static final float BORE = 0.088f;
  private static final float BOLT_CIRCLE = 0.322f;
  private static final float BOLT_HOLE = 0.040f;
  private static final float COUNTERSINK = 0.054f;
  private static final int BOLTS = 6;

  private static final float PLATE_HEIGHT = 7;
  private static final float HUB_HEIGHT = 12;

  private final int pixels;

  MachinedFlange(int pixels) {
    this.pixels = pixels;
  }

  @Override
  public String name() {
    return "flange";
  }

  @Override
  public List<String> defects() {
    return List.of("scratch", "dent", "missing_hole", "heat_tint");
  }

  @Override
  public Studio studio(SeededRandom random) {
    return Studio.draw(random, true);
  }

  @Override
  public Surface flawless(SeededRandom random) {
    return turn(new Pose(random, pixels), -1);
  }

  @Override
  public Surface defective(SeededRandom random, String defect) {
    Pose pose = new Pose(random, pixels);
    return switch (defect) {
      case "scratch" -> scratch(random, turn(pose, -1), pose);
      case "dent" -> dent(random, turn(pose, -1), pose);
      case "missing_hole" -> turn(pose, random.nextInt(BOLTS));
      case "heat_tint" -> heatTint(random, turn(pose, -1), pose);
      default -> throw new IllegalArgumentException("no such defect of " + name() + ": " + defect);
    };
  }

  /** The part's position and rotation, and the seed of its machining marks. */
  private static final class Pose {
    final float x;
    final float y;
    final double angle;
    final float[] boltX = new float[BOLTS];
    final float[] boltY = new float[BOLTS];
    final float pinX;
    final float pinY;
    final int seed;

    Pose(SeededRandom random, int pixels) {
      x = pixels / 2f + (float) random.nextDouble(-1.5, 1.5);
      y = pixels / 2f + (float) random.nextDouble(-1.5, 1.5);
      angle = Math.toRadians(random.nextDouble(-2, 2));
      for (int i = 0; i < BOLTS; i++) {
        double a = angle + Math.PI * (2 * i + 0.5) / BOLTS;
        boltX[i] = x + (float) StrictMath.cos(a) * BOLT_CIRCLE * pixels;
        boltY[i] = y + (float) StrictMath.sin(a) * BOLT_CIRCLE * pixels;
      }
      double pin = angle + Math.PI * 2.5 / BOLTS * 0.6;
      pinX = x + (float) StrictMath.cos(pin) * BOLT_CIRCLE * pixels;
      pinY = y + (float) StrictMath.sin(pin) * BOLT_CIRCLE * pixels;
      seed = (int) random.nextLong();
    }
  }

  /** Turns and drills the part; {@code skipped} is the bolt hole that was forgotten, or -1. */
  private Surface turn(Pose pose, int skipped) {
    Surface surface = new Surface(pixels);
    surface.everywhere(
        (i, x, y) -> {
          float dx = x - pose.x;
          float dy = y - pose.y;
          float r = (float) Math.sqrt(dx * dx + dy * dy) + 1e-6f;
          float radius = r / pixels;
          if (radius > RIM || radius < BORE) {
            mat(surface, i, pose, x, y);
            return;
          }
          metal(surface, i, pose, radius, dx / r, dy / r);
          for (int bolt = 0; bolt < BOLTS; bolt++) {
            float hole = distance(x - pose.boltX[bolt], y - pose.boltY[bolt]) / pixels;
            if (hole < COUNTERSINK) {
              if (bolt == skipped) {
                surface.defective[i] = true;
              } else {
                drill(surface, i, pose, x, y, hole);
              }
            }
          }
          float pin = distance(x - pose.pinX, y - pose.pinY) / pixels;
          if (pin < 0.014f) {
            surface.height[i] = 1;
            surface.color(i, 0.10f, 0.10f, 0.10f);
            surface.gloss[i] = 0.05f;
          }
        });
    return surface;
  }

  private void mat(Surface s, int i, Pose pose, float x, float y) {
    float weave = Noise.smooth(pose.seed + 11, x * 0.9f, y * 0.9f);
    float cloud = Noise.layered(pose.seed + 12, x * 0.02f, y * 0.02f, 3);
    float speck = Noise.at(pose.seed + 13, (int) (x * 2), (int) (y * 2)) > 0.985f ? 0.35f : 0;
    float shade = 1 + 0.10f * weave + 0.08f * cloud + speck;
    s.height[i] = 0.25f * weave;
    s.color(i, 0.060f * shade, 0.095f * shade, 0.110f * shade);
  }

  private void metal(Surface s, int i, Pose pose, float radius, float ux, float uy) {
    float r = radius * pixels;
    float chamfer = 3f * pixels / 256;
    float edge = Noise.clamp((RIM * pixels - r) / chamfer, 0, 1);
    float plate = PLATE_HEIGHT - 3 * (1 - edge);
    float rise = Noise.clamp((HUB * pixels - r) / chamfer, 0, 1);
    float height = Noise.mix(plate, HUB_HEIGHT, rise);
    if (radius > GROOVE_INNER && radius < GROOVE_OUTER) {
      float middle = 2 * (radius - GROOVE_INNER) / (GROOVE_OUTER - GROOVE_INNER) - 1;
      height -= 3.2f * (float) Math.sqrt(Math.max(0, 1 - middle * middle));
    }
    float mouth = Noise.clamp((r - BORE * pixels) / chamfer, 0, 1);
    height -= 3 * (1 - mouth);
    // Turning marks: rings of slightly different depth and brightness, uneven along the ring.
    float ring = Noise.smooth(pose.seed + 1, r * 1.6f, 0.5f);
    float fine = Noise.smooth(pose.seed + 2, r * 3.4f, ux * 2 + uy * 3);
    float uneven = Noise.layered(pose.seed + 3, ux * 2 + r * 0.05f, uy * 2, 2);
    s.height[i] = height + 0.05f * ring + 0.03f * fine;
    float shade = 1 + 0.05f * ring + 0.04f * fine + 0.03f * uneven;
    if (radius < BUSH) {
      // Polymer: dark, dull, without turning marks.
      s.color(i, 0.040f * shade, 0.041f * shade, 0.043f * shade);
      s.gloss[i] = 0.25f;
      return;
    }
    s.color(i, 0.50f * shade, 0.51f * shade, 0.53f * shade);
    s.gloss[i] = 0.9f;
    s.grainX[i] = -uy;
    s.grainY[i] = ux;
  }

  private void drill(Surface s, int i, Pose pose, float x, float y, float hole) {
    if (hole < BOLT_HOLE) {
      mat(s, i, pose, x, y);
      s.gloss[i] = 0;
      s.grainX[i] = 0;
      s.grainY[i] = 0;
      return;
    }
    float slope = (hole - BOLT_HOLE) / (COUNTERSINK - BOLT_HOLE);
    s.height[i] = PLATE_HEIGHT - 3 * (1 - slope);
    s.grainX[i] = 0;
    s.grainY[i] = 0;
  }

  /** Draws a point on the plate between two bolt holes; radii are fractions of the image's side. */
  private float[] onPlate(SeededRandom random, Pose pose, double inner, double outer) {
    double gap = random.nextInt(BOLTS) + 0.5 + random.nextDouble(-0.15, 0.15);
    double angle = pose.angle + Math.PI * (2 * gap + 0.5) / BOLTS;
    double r = random.nextDouble(inner, outer) * pixels;
    return new float[] {
      pose.x + (float) (StrictMath.cos(angle) * r), pose.y + (float) (StrictMath.sin(angle) * r)
    };
  }

  private Surface scratch(SeededRandom random, Surface s, Pose pose) {
    float[] centre = onPlate(random, pose, 0.20, 0.34);
    int strokes = 1 + random.nextInt(3);
    for (int stroke = 0; stroke < strokes; stroke++) {
      float length = (float) random.nextDouble(0.20, 0.38) * pixels;
      float x = centre[0] + stroke * (float) random.nextDouble(3, 8);
      float y = centre[1] + stroke * (float) random.nextDouble(-6, 6);
      BezierCurve curve = BezierCurve.draw(random, x, y, length, 0.12f);
      float width = (float) random.nextDouble(1.5, 2.4);
      int seed = (int) random.nextLong();
      curve.visit(
          s,
          width,
          (i, distance, along) -> {
            float thin = width * (0.35f + 0.65f * Noise.step(0, 0.3f, Math.min(along, 1 - along)));
            float off = Math.abs(distance);
            if (s.gloss[i] == 0 || off > thin) {
              return;
            }
            float wear = 1 + 0.3f * Noise.smooth(seed, along * length * 0.4f, 0);
            s.height[i] += (off < 0.55f * thin ? -0.9f : 0.5f) * wear;
            s.paint(i, 0.86f, 0.87f, 0.89f, off < 0.55f * thin ? 0.75f : 0.35f);
            // Raw metal has no turning marks and reflects light diffusely.
            s.grainX[i] = 0;
            s.grainY[i] = 0;
            s.gloss[i] = 0.35f;
            s.defective[i] = true;
          });
    }
    return s;
  }

  private Surface dent(SeededRandom random, Surface s, Pose pose) {
    float[] centre = onPlate(random, pose, 0.28, 0.355);
    float radius = (float) random.nextDouble(0.034, 0.055) * pixels;
    Blob blob = Blob.draw(random, centre[0], centre[1], radius, 0.22f, 1.5f);
    blob.visit(
        s,
        (i, x, y) -> {
          float depth = blob.depth(x, y);
          if (s.gloss[i] == 0 || depth < -1.6f) {
            return;
          }
          float in = Noise.clamp(depth / radius, 0, 1);
          float lip = depth < 1 ? 0.7f * (1 - Math.abs(depth + 0.3f) / 1.4f) : 0;
          s.height[i] += Math.max(lip, 0) - 0.62f * radius * in * (2 - in);
          s.tint(i, 0.72f, 0.72f, 0.72f, Noise.step(0, 3, depth));
          s.grainX[i] = 0;
          s.grainY[i] = 0;
          s.gloss[i] = 0.75f;
          s.defective[i] = true;
        });
    return s;
  }

  private Surface heatTint(SeededRandom random, Surface s, Pose pose) {
    float[] centre = onPlate(random, pose, 0.24, 0.36);
    float radius = (float) random.nextDouble(0.065, 0.12) * pixels;
    Blob blob = Blob.draw(random, centre[0], centre[1], radius, 0.30f, 1.3f);
    blob.visit(
        s,
        (i, x, y) -> {
          float depth = blob.depth(x, y);
          if (s.gloss[i] == 0 || depth <= 0) {
            return;
          }
          // Temper colours from the rim inwards: straw, bronze, purple, blue.
          float heat = Noise.clamp(depth / radius, 0, 1);
          float strength = 0.85f * Noise.step(0, 0.22f, heat);
          if (heat < 0.30f) {
            s.tint(i, 1.0f, 0.80f, 0.42f, strength);
          } else if (heat < 0.55f) {
            float t = (heat - 0.30f) / 0.25f;
            s.tint(
                i,
                Noise.mix(1.0f, 0.62f, t),
                Noise.mix(0.80f, 0.40f, t),
                Noise.mix(0.42f, 0.62f, t),
                strength);
          } else {
            float t = Noise.clamp((heat - 0.55f) / 0.3f, 0, 1);
            s.tint(
                i,
                Noise.mix(0.62f, 0.34f, t),
                Noise.mix(0.40f, 0.50f, t),
                Noise.mix(0.62f, 0.95f, t),
                strength);
          }
          s.defective[i] = true;
        });
    return s;
  }

  private static float distance(float dx, float dy) {
    return (float) Math.sqrt(dx * dx + dy * dy);
  }
}
