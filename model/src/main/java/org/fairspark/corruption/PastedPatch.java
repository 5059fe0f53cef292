package org.fairspark.corruption;

import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * The classes that CutPaste's network tells apart (Li et al., CVPR 2021, sections 2.1 and 2.2): an
 * image as it is, with a rectangle of itself pasted elsewhere, or with a thin turned one. What is
 * pasted changes its colours a little.
 *
 * <p>Deviation: hue is not changed.
 */
public enum PastedPatch {
  /** Nothing is pasted. */
  NONE,
  /** A rectangle of 2 to 15 % of the image, up to 3.3 times as long as broad. */
  RECTANGLE,
  /** A scar: 2 to 16 pixels of 256 broad, 10 to 25 long, turned by up to 45 degrees. */
  SCAR;

  private static final double MIN_AREA = 0.02;
  private static final double MAX_AREA = 0.15;
  private static final double MAX_ASPECT = 3.3;
  private static final double MIN_BREADTH = 2;
  private static final double MAX_BREADTH = 16;
  private static final double MIN_LENGTH = 10;
  private static final double MAX_LENGTH = 25;
  private static final double MAX_DEGREES = 45;
  private static final double JITTER = 0.1;

  /**
   * Pastes.
   *
   * @param image {@code uint8[H][W][3]}; not changed
   * @param scale pixels of this image for one of the paper's images of 256 pixels
   * @param random decides all the rest
   * @return {@code uint8[H][W][3]}
   */
  public PixelImage apply(PixelImage image, double scale, SeededRandom random) {
    return switch (this) {
      case NONE -> image;
      case RECTANGLE -> rectangle(image, random);
      case SCAR -> scar(image, scale, random);
    };
  }

  /** Returns an image with other colours, as images are augmented before anything is pasted. */
  public static PixelImage jittered(PixelImage image, SeededRandom random) {
    byte[] pixels = image.pixels().clone();
    ColorJitter.draw(JITTER, random).apply(pixels);
    return new PixelImage(3, image.height(), image.width(), pixels);
  }

  private static PixelImage rectangle(PixelImage image, SeededRandom random) {
    int height = image.height();
    int width = image.width();
    double area = random.nextDouble(MIN_AREA, MAX_AREA) * height * width;
    double aspect =
        random.nextBoolean()
            ? random.nextDouble(1 / MAX_ASPECT, 1)
            : random.nextDouble(1, MAX_ASPECT);
    int rows = side(Math.sqrt(area / aspect), height);
    int columns = side(Math.sqrt(area * aspect), width);
    PixelImage patch = crop(image, rows, columns, random);
    int top = random.nextInt(height - rows + 1);
    int left = random.nextInt(width - columns + 1);
    byte[] pixels = image.pixels().clone();
    for (int y = 0; y < rows; y++) {
      System.arraycopy(
          patch.pixels(), 3 * y * columns, pixels, 3 * ((top + y) * width + left), 3 * columns);
    }
    return new PixelImage(3, height, width, pixels);
  }

  private static PixelImage scar(PixelImage image, double scale, SeededRandom random) {
    int height = image.height();
    int width = image.width();
    int breadth = side(scale * random.nextDouble(MIN_BREADTH, MAX_BREADTH), height);
    int length = side(scale * random.nextDouble(MIN_LENGTH, MAX_LENGTH), width);
    PixelImage patch = crop(image, breadth, length, random);
    double radians = Math.toRadians(random.nextDouble(-MAX_DEGREES, MAX_DEGREES));
    double cos = StrictMath.cos(radians);
    double sin = StrictMath.sin(radians);
    double row = random.nextDouble(0, height);
    double column = random.nextDouble(0, width);
    byte[] pixels = image.pixels().clone();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double down = y + 0.5 - row;
        double across = x + 0.5 - column;
        int u = (int) Math.floor(cos * across + sin * down + length / 2.0);
        int v = (int) Math.floor(cos * down - sin * across + breadth / 2.0);
        if (u >= 0 && u < length && v >= 0 && v < breadth) {
          System.arraycopy(patch.pixels(), 3 * (v * length + u), pixels, 3 * (y * width + x), 3);
        }
      }
    }
    return new PixelImage(3, height, width, pixels);
  }

  private static int side(double wanted, int max) {
    return Math.max(1, Math.min(max, (int) Math.rint(wanted)));
  }

  /** Cuts a rectangle out anywhere, and changes its colours. */
  private static PixelImage crop(PixelImage image, int rows, int columns, SeededRandom random) {
    int top = random.nextInt(image.height() - rows + 1);
    int left = random.nextInt(image.width() - columns + 1);
    byte[] pixels = new byte[3 * rows * columns];
    for (int y = 0; y < rows; y++) {
      System.arraycopy(
          image.pixels(),
          3 * ((top + y) * image.width() + left),
          pixels,
          3 * y * columns,
          3 * columns);
    }
    return jittered(new PixelImage(3, rows, columns, pixels), random);
  }
}
