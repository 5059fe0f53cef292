package org.fairspark.demo;

import java.util.Locale;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * Textures for the corruption of training images: wood, marble, stone, checks, dots, cells, bricks
 * and so on, two colourings each. They replace the describable textures (DTD) of the paper.
 */
final class ProceduralTextures {
  /** The number of textures: two colourings per pattern. */
  static final int COUNT = 2 * Pattern.values().length;

  private ProceduralTextures() {}

  /** Returns a texture's file name without suffix. */
  static String name(int index) {
    return String.format(
        Locale.ROOT, "%s_%02d", pattern(index).name().toLowerCase(Locale.ROOT), index);
  }

  /** Renders texture number {@code index}, {@code uint8[pixels][pixels][3]}. */
  static PixelImage render(int index, int pixels, SeededRandom random) {
    Pattern pattern = pattern(index);
    int seed = (int) random.nextLong();
    float[][] palette = palette(random);
    double angle = random.nextDouble(0, 2 * Math.PI);
    float scale = (float) random.nextDouble(0.7, 1.4) * 256 / pixels;
    float cos = (float) StrictMath.cos(angle) * scale;
    float sin = (float) StrictMath.sin(angle) * scale;
    byte[] bytes = new byte[pixels * pixels * 3];
    for (int row = 0; row < pixels; row++) {
      for (int column = 0; column < pixels; column++) {
        float x = column * cos - row * sin;
        float y = column * sin + row * cos;
        float tone = Noise.clamp(pattern.tone(seed, x, y), 0, 1) * 2;
        float[] low = palette[tone < 1 ? 0 : 1];
        float[] high = palette[tone < 1 ? 1 : 2];
        float t = tone < 1 ? tone : tone - 1;
        float grain = 0.05f * Noise.at(seed + 77, column, row);
        for (int c = 0; c < 3; c++) {
          float value = Noise.mix(low[c], high[c], t) * (1 + grain);
          bytes[(row * pixels + column) * 3 + c] =
              (byte) Math.round(Noise.clamp(value, 0, 1) * 255);
        }
      }
    }
    return new PixelImage(3, pixels, pixels, bytes);
  }

  private static Pattern pattern(int index) {
    return Pattern.values()[index / 2];
  }

  /** Draws a dark, a middle and a light colour, whose hues differ by equal steps. */
  private static float[][] palette(SeededRandom random) {
    float hue = (float) random.nextDouble();
    float shift = (float) random.nextDouble(-0.18, 0.18);
    return new float[][] {
      color(hue, (float) random.nextDouble(0.3, 0.9), (float) random.nextDouble(0.08, 0.30)),
      color(hue + shift, (float) random.nextDouble(0.3, 0.9), (float) random.nextDouble(0.4, 0.7)),
      color(hue + 2 * shift, (float) random.nextDouble(0, 0.4), (float) random.nextDouble(0.8, 1))
    };
  }

  private static float[] color(float hue, float saturation, float value) {
    float[] rgb = new float[3];
    for (int c = 0; c < 3; c++) {
      float phase = hue + c / 3f;
      float ramp = Math.abs(6 * (phase - Noise.floor(phase)) - 3) - 1;
      rgb[c] = value * (1 - saturation + saturation * Noise.clamp(ramp, 0, 1));
    }
    return rgb;
  }

  /** The patterns: functions of the position with values of about 0..1. */
  enum Pattern {
    WOOD {
      @Override
      float tone(int seed, float x, float y) {
        float rings = x * 0.05f + 1.6f * Noise.layered(seed, x * 0.012f, y * 0.003f, 3);
        float pore = Noise.layered(seed + 1, x * 0.6f, y * 0.02f, 2);
        return 0.25f + 0.5f * wave(rings) + 0.3f * pore;
      }
    },
    MARBLE {
      @Override
      float tone(int seed, float x, float y) {
        float vein = x * 0.012f + 1.8f * Noise.layered(seed, x * 0.013f, y * 0.013f, 5);
        float ridge = Math.abs(2 * wave(vein) - 1);
        return 1 - (1 - ridge) * (1 - ridge) + 0.1f * Noise.layered(seed + 1, x * .1f, y * .1f, 3);
      }
    },
    GRANITE {
      @Override
      float tone(int seed, float x, float y) {
        return 0.5f
            + 0.6f * Noise.layered(seed, x * 0.16f, y * 0.16f, 4)
            + 0.25f * Noise.smooth(seed + 1, x * 0.7f, y * 0.7f);
      }
    },
    CLOUDS {
      @Override
      float tone(int seed, float x, float y) {
        return 0.5f + 0.75f * Noise.layered(seed, x * 0.02f, y * 0.02f, 6);
      }
    },
    CHECKS {
      @Override
      float tone(int seed, float x, float y) {
        int odd = (Noise.floor(x / 24) + Noise.floor(y / 24)) & 1;
        return 0.15f + 0.7f * odd + 0.15f * Noise.layered(seed, x * 0.05f, y * 0.05f, 4);
      }
    },
    TARTAN {
      @Override
      float tone(int seed, float x, float y) {
        float warp = Noise.at(seed, Noise.floor(x / 9) % 7, 0);
        float weft = Noise.at(seed, Noise.floor(y / 9) % 7, 0);
        int twill = (Noise.floor(x / 2) + Noise.floor(y / 2)) & 3;
        return 0.5f + 0.5f * (twill < 2 ? warp : weft);
      }
    },
    DOTS {
      @Override
      float tone(int seed, float x, float y) {
        int column = Noise.floor(x / 22);
        float fx = x / 22 - column - 0.5f;
        float moved = y / 22 + (column & 1) * 0.5f;
        float fy = moved - Noise.floor(moved) - 0.5f;
        float size = 0.30f + 0.08f * Noise.at(seed, column, Noise.floor(moved));
        float rim = (float) Math.sqrt(fx * fx + fy * fy) - size;
        return 0.9f - 0.75f * Noise.step(-0.04f, 0.04f, rim);
      }
    },
    CELLS {
      @Override
      float tone(int seed, float x, float y) {
        float[] near = nearest(seed, x / 26, y / 26);
        float wall = Noise.step(0.03f, 0.14f, near[1] - near[0]);
        return wall * (0.55f + 0.3f * Noise.at(seed + 9, (int) near[2], (int) near[3]));
      }
    },
    PEBBLES {
      @Override
      float tone(int seed, float x, float y) {
        float[] near = nearest(seed, x / 18, y / 18);
        float dome = Noise.clamp(1 - near[0] * near[0] * 2.2f, 0, 1);
        return dome * (0.75f + 0.25f * Noise.at(seed + 9, (int) near[2], (int) near[3]));
      }
    },
    BRICKS {
      @Override
      float tone(int seed, float x, float y) {
        int row = Noise.floor(y / 20);
        float moved = x / 46 + (row & 1) * 0.5f;
        float fx = Math.abs(moved - Noise.floor(moved) - 0.5f) * 46;
        float fy = Math.abs(y / 20 - row - 0.5f) * 20;
        boolean mortar = fx > 21.5f || fy > 8.5f;
        float rough = 0.25f * Noise.layered(seed + 1, x * 0.09f, y * 0.09f, 4);
        return mortar
            ? 0.9f + rough
            : 0.35f + 0.2f * Noise.at(seed, Noise.floor(moved), row) + rough;
      }
    },
    ZIGZAG {
      @Override
      float tone(int seed, float x, float y) {
        float fold = Math.abs(x / 30 - Noise.floor(x / 30) - 0.5f) * 34;
        float phase = (y + fold + 3 * Noise.smooth(seed, x * 0.03f, y * 0.03f)) / 15;
        return Noise.step(0.3f, 0.7f, wave(phase));
      }
    },
    RUST {
      @Override
      float tone(int seed, float x, float y) {
        float coarse = Noise.layered(seed, x * 0.025f, y * 0.025f, 6);
        float patch = Noise.step(-0.1f, 0.15f, coarse);
        float fine = Noise.layered(seed + 1, x * 0.2f, y * 0.2f, 3);
        return Noise.mix(0.85f, 0.30f, patch) + (0.08f + 0.25f * patch) * fine;
      }
    };

    abstract float tone(int seed, float x, float y);

    /** Returns a smooth wave of period 1 between 0 and 1. */
    private static float wave(float phase) {
      float t = Math.abs(2 * (phase - Noise.floor(phase)) - 1);
      return t * t * (3 - 2 * t);
    }

    /** Returns the distances to the two nearest of scattered points, and the nearest one's cell. */
    private static float[] nearest(int seed, float x, float y) {
      float first = 9;
      float second = 9;
      int cellX = 0;
      int cellY = 0;
      int column = Noise.floor(x);
      int row = Noise.floor(y);
      for (int i = column - 1; i <= column + 1; i++) {
        for (int j = row - 1; j <= row + 1; j++) {
          float dx = i + 0.5f + 0.45f * Noise.at(seed, i, j) - x;
          float dy = j + 0.5f + 0.45f * Noise.at(seed + 1, i, j) - y;
          float distance = (float) Math.sqrt(dx * dx + dy * dy);
          if (distance < first) {
            second = first;
            first = distance;
            cellX = i;
            cellY = j;
          } else if (distance < second) {
            second = distance;
          }
        }
      }
      return new float[] {first, second, cellX, cellY};
    }
  }
}
