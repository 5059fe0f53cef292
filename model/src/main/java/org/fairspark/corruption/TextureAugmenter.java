package org.fairspark.corruption;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.fairspark.color.ByteColorSpace;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * The augmenters of textures: three different ones change a texture in random order, each with
 * random strength, so that the network hardly sees the same texture twice (reference code: its ten
 * for textures from other images, and two more for textures from the training images).
 *
 * <p>The constants' order is that in which random numbers choose among them.
 */
enum TextureAugmenter {
  GAMMA {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      double[] gamma = new double[3];
      for (int c = 0; c < 3; c++) {
        gamma[c] = random.nextDouble(0.5, 2);
      }
      PixelFilters.gamma(pixels, gamma);
    }
  },
  BRIGHTNESS {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      ByteColorSpace space = SPACES.get(random.nextInt(SPACES.size()));
      double factor = random.nextDouble(0.8, 1.2);
      int offset = (int) Math.rint(random.nextDouble(-30, 30));
      PixelFilters.brightness(pixels, space, factor, offset, random.nextBoolean());
    }
  },
  SHARPNESS {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      PixelFilters.sharpness(pixels, height, width, random.nextDouble(0, 2));
    }
  },
  HUE_AND_SATURATION {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      int hue = random.nextInt(-50, 51);
      PixelFilters.hueAndSaturation(pixels, hue, random.nextInt(-50, 51));
    }
  },
  SOLARIZE {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      boolean applied = random.nextBoolean();
      int threshold = random.nextInt(32, 128);
      if (applied) {
        PixelFilters.solarize(pixels, threshold);
      }
    }
  },
  POSTERIZE {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      PixelFilters.posterize(pixels, random.nextInt(1, 9));
    }
  },
  INVERT {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      PixelFilters.invert(pixels);
    }
  },
  AUTOCONTRAST {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      PixelFilters.autocontrast(pixels, random.nextInt(0, 21));
    }
  },
  EQUALIZE {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      PixelFilters.equalize(pixels);
    }
  },
  ROTATION {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      PixelImage texture = new PixelImage(3, height, width, pixels);
      PixelImage rotated = Warp.rotate(texture, random.nextDouble(-45, 45));
      System.arraycopy(rotated.pixels(), 0, pixels, 0, pixels.length);
    }
  },
  HUE_SHIFT {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      PixelFilters.hueShift(pixels, (int) Math.rint(random.nextDouble(0, 90)));
    }
  },
  CHANNEL_DROPOUT {
    @Override
    void apply(byte[] pixels, int height, int width, SeededRandom random) {
      boolean[] dropped = {random.nextBoolean(), random.nextBoolean(), random.nextBoolean()};
      int kept = random.nextInt(3);
      if (dropped[0] && dropped[1] && dropped[2]) {
        dropped[kept] = false;
      }
      PixelFilters.dropout(pixels, dropped);
    }
  };

  private static final int PER_TEXTURE = 3;
  private static final List<ByteColorSpace> SPACES = List.of(ByteColorSpace.values());

  /** The augmenters of textures from other images. */
  private static final List<TextureAugmenter> EXTERNAL =
      List.copyOf(EnumSet.range(GAMMA, ROTATION));

  /** The augmenters of textures from the training images. */
  private static final List<TextureAugmenter> INTERNAL = List.of(values());

  /**
   * Applies the augmenter with random strength.
   *
   * @param pixels {@code uint8[height][width][3]}, changed in place
   */
  abstract void apply(byte[] pixels, int height, int width, SeededRandom random);

  /** Draws three different augmenters, in the order in which they are to be applied. */
  static List<TextureAugmenter> draw(boolean internal, SeededRandom random) {
    List<TextureAugmenter> all = internal ? INTERNAL : EXTERNAL;
    int[] order = new int[all.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    random.shuffle(order);
    return Arrays.stream(order).limit(PER_TEXTURE).mapToObj(all::get).toList();
  }

  /** Returns a copy of a texture, changed by the augmenters in their order. */
  static PixelImage applyAll(
      List<TextureAugmenter> augmenters, PixelImage texture, SeededRandom random) {
    byte[] pixels = texture.pixels().clone();
    for (TextureAugmenter augmenter : augmenters) {
      augmenter.apply(pixels, texture.height(), texture.width(), random);
    }
    return new PixelImage(3, texture.height(), texture.width(), pixels);
  }
}
