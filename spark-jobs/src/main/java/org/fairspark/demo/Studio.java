package org.fairspark.demo;

import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * The lamps and the camera: a surface is lit by a key lamp and a fill lamp and photographed from
 * above, with shadows, ambient occlusion, highlights along machining marks, lens blur, vignette and
 * sensor noise.
 *
 * @param keyX direction to the key lamp, with {@code keyY} and {@code keyZ} a unit vector; y points
 *     down the image, z to the camera
 * @param keyPower brightness of the key lamp
 * @param warmth colour temperature, 0 neutral, positive warmer
 * @param shadows whether the height field throws shadows, which cost time and hardly show on cloth
 */
record Studio(float keyX, float keyY, float keyZ, float keyPower, float warmth, boolean shadows) {
  private static final int TONES = 4096;
  private static final byte[] SRGB = new byte[TONES + 1];

  static {
    for (int i = 0; i <= TONES; i++) {
      double linear = (double) i / TONES;
      double display =
          linear <= 0.0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
      SRGB[i] = (byte) Math.round(display * 255);
    }
  }

  /** Draws a studio with small deviations of the key lamp's direction, power and warmth. */
  static Studio draw(SeededRandom random, boolean shadows) {
    float x = (float) random.nextDouble(-0.53, -0.45);
    float y = (float) random.nextDouble(-0.60, -0.52);
    float z = (float) Math.sqrt(1 - x * x - y * y);
    float power = (float) random.nextDouble(0.95, 1.05);
    float warmth = (float) random.nextDouble(-0.012, 0.012);
    return new Studio(x, y, z, power, warmth, shadows);
  }

  /** Returns the photograph, RGB; a side is {@link Surface#OVERSAMPLING} times smaller. */
  PixelImage photograph(Surface surface, SeededRandom random) {
    float[][] linear = shade(surface);
    int size = surface.side / Surface.OVERSAMPLING;
    int noiseSeed = (int) random.nextLong();
    byte[] pixels = new byte[size * size * 3];
    for (int channel = 0; channel < 3; channel++) {
      float[] plane = lens(shrink(linear[channel], surface.side), size);
      for (int i = 0; i < plane.length; i++) {
        float x = (i % size) / (float) size - 0.5f;
        int row = i / size;
        float y = row / (float) size - 0.5f;
        float vignette = 1 - 0.22f * (x * x + y * y);
        float light = plane[i] * vignette;
        light += grain(noiseSeed + channel, i) * (0.0025f + 0.010f * light);
        pixels[i * 3 + channel] = SRGB[(int) (Noise.clamp(shoulder(light), 0, 1) * TONES)];
      }
    }
    return new PixelImage(3, size, size, pixels);
  }

  /** Returns the mask of a defect: 255 if any of a pixel's samples is defective, else 0. */
  static PixelImage mask(Surface surface) {
    int size = surface.side / Surface.OVERSAMPLING;
    byte[] mask = new byte[size * size];
    for (int row = 0; row < surface.side; row++) {
      for (int column = 0; column < surface.side; column++) {
        if (surface.defective[row * surface.side + column]) {
          mask[row / Surface.OVERSAMPLING * size + column / Surface.OVERSAMPLING] = (byte) 255;
        }
      }
    }
    return new PixelImage(1, size, size, mask);
  }

  private float[][] shade(Surface s) {
    int side = s.side;
    float[] wide = blur(s.height, side, 10);
    float[] narrow = blur(s.height, side, 3);
    float[] red = new float[side * side];
    float[] green = new float[side * side];
    float[] blue = new float[side * side];
    // The fill lamp stands opposite the key lamp.
    float fillX = 0.62f;
    float fillY = 0.25f;
    float fillZ = 0.744f;
    HalfVector keyHalf = HalfVector.of(keyX, keyY, keyZ);
    HalfVector fillHalf = HalfVector.of(fillX, fillY, fillZ);
    float half = Surface.OVERSAMPLING / 2f;
    for (int row = 0; row < side; row++) {
      int up = Math.max(row - 1, 0) * side;
      int down = Math.min(row + 1, side - 1) * side;
      for (int column = 0; column < side; column++) {
        int i = row * side + column;
        float dx =
            (s.height[row * side + Math.min(column + 1, side - 1)]
                    - s.height[row * side + Math.max(column - 1, 0)])
                * half;
        float dy = (s.height[down + column] - s.height[up + column]) * half;
        // The steps of a height field are vertical; a real edge is slightly rounded.
        float steep = dx * dx + dy * dy;
        if (steep > 4) {
          float limit = (float) Math.sqrt(4 / steep);
          dx *= limit;
          dy *= limit;
        }
        float scale = inverseLength(dx, dy, 1);
        float nx = -dx * scale;
        float ny = -dy * scale;
        float nz = scale;
        float key = Math.max(0, nx * keyX + ny * keyY + nz * keyZ) * keyPower;
        if (shadows && key > 0) {
          key *= visibility(s, row, column);
        }
        float fill = Math.max(0, nx * fillX + ny * fillY + nz * fillZ) * 0.28f;
        float sunk =
            Math.max(0, wide[i] - s.height[i]) * 0.10f
                + Math.max(0, narrow[i] - s.height[i]) * 0.22f;
        float open = 1 / (1 + sunk);
        float diffuse = (0.85f * key + fill * open + 0.16f * open) * (1 - 0.55f * s.gloss[i]);
        float highlight =
            s.gloss[i] == 0
                ? 0
                : s.gloss[i]
                    * (key * keyHalf.highlight(s, i, nx, ny, nz)
                        + fill * fillHalf.highlight(s, i, nx, ny, nz)
                        + 0.22f * open);
        float total = diffuse + highlight;
        red[i] = s.red[i] * total * (1 + warmth);
        green[i] = s.green[i] * total;
        blue[i] = s.blue[i] * total * (1 - warmth);
      }
    }
    return new float[][] {red, green, blue};
  }

  /**
   * The vector between the directions to a lamp and to the camera.
   *
   * @param norm the inverse of its length
   */
  private record HalfVector(float x, float y, float z, float norm) {
    static HalfVector of(float lampX, float lampY, float lampZ) {
      return new HalfVector(lampX, lampY, lampZ + 1, inverseLength(lampX, lampY, lampZ + 1));
    }

    /**
     * Computes a sample's highlight: long across machining marks (Kajiya and Kay), round without
     * them.
     *
     * @param nx with {@code ny} and {@code nz} the surface's normal
     */
    float highlight(Surface s, int i, float nx, float ny, float nz) {
      float facing = (nx * x + ny * y + nz * z) * norm;
      if (facing <= 0) {
        return 0;
      }
      float round = power16(facing * facing);
      if (s.grainX[i] == 0 && s.grainY[i] == 0) {
        return 1.1f * round;
      }
      float along = (s.grainX[i] * x + s.grainY[i] * y) * norm;
      float across = 1 - along * along;
      return 1.35f * power16(across) * power16(across) * facing * facing + 0.35f * round;
    }
  }

  /** Returns the fraction of the key lamp's light that reaches a sample past higher samples. */
  private float visibility(Surface s, int row, int column) {
    int side = s.side;
    float from = s.height[row * side + column];
    float flat = (float) Math.sqrt(keyX * keyX + keyY * keyY);
    float stepX = keyX / flat;
    float stepY = keyY / flat;
    float rise = keyZ / flat / Surface.OVERSAMPLING;
    float open = 1;
    for (float t = 1.5f; t < 30; t += 1.5f) {
      int c = Math.round(column + stepX * t);
      int r = Math.round(row + stepY * t);
      if (c < 0 || r < 0 || c >= side || r >= side) {
        break;
      }
      float clearance = from + rise * t - s.height[r * side + c] + 0.25f;
      open = Math.min(open, clearance / (0.12f * t / Surface.OVERSAMPLING + 0.2f));
      if (open <= 0) {
        return 0;
      }
    }
    return open;
  }

  private static float[] shrink(float[] samples, int side) {
    int size = side / 2;
    float[] out = new float[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int i = row * 2 * side + column * 2;
        out[row * size + column] =
            (samples[i] + samples[i + 1] + samples[i + side] + samples[i + side + 1]) / 4;
      }
    }
    return out;
  }

  /** Blurs slightly, as a lens does: weights 1-6-1 in both directions. */
  private static float[] lens(float[] plane, int size) {
    float[] rows = new float[plane.length];
    float[] out = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      int column = i % size;
      float left = plane[column == 0 ? i : i - 1];
      float right = plane[column == size - 1 ? i : i + 1];
      rows[i] = (left + 6 * plane[i] + right) / 8;
    }
    for (int i = 0; i < plane.length; i++) {
      float above = rows[i < size ? i : i - size];
      float below = rows[i >= plane.length - size ? i : i + size];
      out[i] = (above + 6 * rows[i] + below) / 8;
    }
    return out;
  }

  /** Averages over a square of {@code 2 radius + 1} samples per side, by running sums. */
  private static float[] blur(float[] values, int side, int radius) {
    return transposedBlur(transposedBlur(values, side, radius), side, radius);
  }

  private static float[] transposedBlur(float[] values, int side, int radius) {
    float[] out = new float[values.length];
    int width = 2 * radius + 1;
    for (int row = 0; row < side; row++) {
      int base = row * side;
      double sum = 0;
      for (int k = -radius; k <= radius; k++) {
        sum += values[base + Math.max(0, Math.min(side - 1, k))];
      }
      for (int column = 0; column < side; column++) {
        out[column * side + row] = (float) (sum / width);
        sum += values[base + Math.min(side - 1, column + radius + 1)];
        sum -= values[base + Math.max(0, column - radius)];
      }
    }
    return out;
  }

  /** Compresses light above 0.7 towards 1, instead of clipping it. */
  private static float shoulder(float light) {
    if (light < 0.7f) {
      return light;
    }
    float over = light - 0.7f;
    return 0.7f + over / (1 + over / 0.3f);
  }

  /** Returns nearly normal noise of deviation 1, the sum of four uniform numbers. */
  private static float grain(int seed, int i) {
    float sum = 0;
    for (int k = 0; k < 4; k++) {
      sum += Noise.at(seed + 7919 * k, i, k);
    }
    return sum * 0.866f;
  }

  private static float power16(float value) {
    float two = value * value;
    float four = two * two;
    float eight = four * four;
    return eight * eight;
  }

  private static float inverseLength(float x, float y, float z) {
    return (float) (1 / Math.sqrt(x * x + y * y + z * z));
  }
}
