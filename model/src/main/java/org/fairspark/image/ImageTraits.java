package org.fairspark.image;

import java.io.Serializable;
import java.util.Locale;

/**
 * Three numbers of an image that change with light and lens, by which sets of images compare.
 *
 * @param brightness mean gray value in [0,1]
 * @param contrast standard deviation of the gray values
 * @param sharpness mean difference of neighbouring gray values, down and across
 */
public record ImageTraits(double brightness, double contrast, double sharpness)
    implements Serializable {

  /** One of the numbers, with the words for images that have less or more of it than others. */
  public enum Trait {
    BRIGHTNESS("darker", "brighter"),
    CONTRAST("poorer in contrast", "richer in contrast"),
    SHARPNESS("less sharp", "sharper");

    private final String below;
    private final String above;

    Trait(String below, String above) {
      this.below = below;
      this.above = above;
    }

    /** Returns the number's name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns how images are that have less of it. */
    public String below() {
      return below;
    }

    /** Returns how images are that have more of it. */
    public String above() {
      return above;
    }
  }

  /** Returns one of the numbers. */
  public double value(Trait trait) {
    return switch (trait) {
      case BRIGHTNESS -> brightness;
      case CONTRAST -> contrast;
      case SHARPNESS -> sharpness;
    };
  }

  /**
   * Measures an image; gray is the mean of its channels.
   *
   * @param image {@code uint8[H][W][C]}
   */
  public static ImageTraits of(PixelImage image) {
    int channels = image.channels();
    int width = image.width();
    int plane = image.height() * width;
    byte[] pixels = image.pixels();
    int[] gray = new int[plane];
    long sum = 0;
    long squares = 0;
    long differences = 0;
    long neighbours = 0;
    for (int p = 0, i = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        gray[p] += pixels[i++] & 0xFF;
      }
      sum += gray[p];
      squares += (long) gray[p] * gray[p];
      if (p % width > 0) {
        differences += Math.abs(gray[p] - gray[p - 1]);
        neighbours++;
      }
      if (p >= width) {
        differences += Math.abs(gray[p] - gray[p - width]);
        neighbours++;
      }
    }
    double white = 255.0 * channels;
    double mean = (double) sum / plane;
    double variance = Math.max(0, (double) squares / plane - mean * mean);
    return new ImageTraits(
        mean / white,
        Math.sqrt(variance) / white,
        neighbours == 0 ? 0 : differences / white / neighbours);
  }
}
