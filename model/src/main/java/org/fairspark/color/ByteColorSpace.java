package org.fairspark.color;

/**
 * Colour spaces of 8-bit images, with OpenCV's ranges and integer arithmetic. Fewer than one value
 * in a hundred differs from OpenCV's, by one.
 */
public enum ByteColorSpace {
  YCRCB(0) {
    @Override
    public void fromRgb(byte[] pixels) {
      toLumaAndDifferences(pixels, 0, 11682, 2, 9241);
    }

    @Override
    public void toRgb(byte[] pixels) {
      for (int i = 0; i < pixels.length; i += 3) {
        int y = pixels[i] & 0xFF;
        int cr = (pixels[i + 1] & 0xFF) - 128;
        int cb = (pixels[i + 2] & 0xFF) - 128;
        pixels[i] = clip(y + descale(22987 * cr, 14));
        pixels[i + 1] = clip(y + descale(-5636 * cb - 11698 * cr, 14));
        pixels[i + 2] = clip(y + descale(29049 * cb, 14));
      }
    }
  },
  YUV(0) {
    @Override
    public void fromRgb(byte[] pixels) {
      toLumaAndDifferences(pixels, 2, 8061, 0, 14369);
    }

    @Override
    public void toRgb(byte[] pixels) {
      for (int i = 0; i < pixels.length; i += 3) {
        int y = pixels[i] & 0xFF;
        int u = (pixels[i + 1] & 0xFF) - 128;
        int v = (pixels[i + 2] & 0xFF) - 128;
        pixels[i] = clip(y + descale(18678 * v, 14));
        pixels[i + 1] = clip(y + descale(-6472 * u - 9519 * v, 14));
        pixels[i + 2] = clip(y + descale(33292 * u, 14));
      }
    }
  },
  HSV(2) {
    @Override
    public void fromRgb(byte[] pixels) {
      HueSpaces.rgbToHsv(pixels);
    }

    @Override
    public void toRgb(byte[] pixels) {
      HueSpaces.hsvToRgb(pixels);
    }
  },
  HLS(1) {
    @Override
    public void fromRgb(byte[] pixels) {
      HueSpaces.rgbToHls(pixels);
    }

    @Override
    public void toRgb(byte[] pixels) {
      HueSpaces.hlsToRgb(pixels);
    }
  },
  LAB(0) {
    @Override
    public void fromRgb(byte[] pixels) {
      ByteCieLab.fromRgb(pixels);
    }

    @Override
    public void toRgb(byte[] pixels) {
      ByteCieLab.toRgb(pixels);
    }
  },
  LUV(0) {
    @Override
    public void fromRgb(byte[] pixels) {
      ByteCieLuv.fromRgb(pixels);
    }

    @Override
    public void toRgb(byte[] pixels) {
      ByteCieLuv.toRgb(pixels);
    }
  };

  private final int brightness;

  ByteColorSpace(int brightness) {
    this.brightness = brightness;
  }

  /** Returns the index of the channel that holds brightness. */
  public int brightness() {
    return brightness;
  }

  /** Converts {@code uint8[..][3]} in place. */
  public abstract void fromRgb(byte[] pixels);

  /** Converts {@code uint8[..][3]} back, in place. */
  public abstract void toRgb(byte[] pixels);

  static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  static byte round(float value) {
    return clip((int) Math.rint(value));
  }

  static int descale(int value, int bits) {
    return (value + (1 << (bits - 1))) >> bits;
  }

  /** Converts to BT.601 luma and two scaled differences from it, in 14-bit fixed point. */
  private static void toLumaAndDifferences(
      byte[] pixels, int first, int firstFactor, int second, int secondFactor) {
    for (int i = 0; i < pixels.length; i += 3) {
      int r = pixels[i] & 0xFF;
      int g = pixels[i + 1] & 0xFF;
      int b = pixels[i + 2] & 0xFF;
      int y = descale(4899 * r + 9617 * g + 1868 * b, 14);
      int one = (first == 0 ? r : b) - y;
      int two = (second == 0 ? r : b) - y;
      pixels[i] = clip(y);
      pixels[i + 1] = clip(descale(one * firstFactor + (128 << 14), 14));
      pixels[i + 2] = clip(descale(two * secondFactor + (128 << 14), 14));
    }
  }
}
