package org.fairspark.anomaly;

/** Buffers of one thread for one image size, kept until another size comes. */
final class Scratch {
  private static final ThreadLocal<Scratch> CURRENT = new ThreadLocal<>();

  private final int height;
  private final int width;
  private final float[] sum;
  private final GradientSimilarity.Rows[] rows = new GradientSimilarity.Rows[16];
  private final float[][][] pyramids = new float[2][16][];

  private Scratch(int height, int width) {
    this.height = height;
    this.width = width;
    this.sum = new float[height * width];
  }

  static Scratch of(int height, int width) {
    Scratch scratch = CURRENT.get();
    if (scratch == null || scratch.height != height || scratch.width != width) {
      scratch = new Scratch(height, width);
      CURRENT.set(scratch);
    }
    return scratch;
  }

  /** A plane of full size. */
  float[] sum() {
    return sum;
  }

  /** Rows of the image halved as often as the scale says. */
  GradientSimilarity.Rows rows(int scale) {
    if (rows[scale] == null) {
      rows[scale] = new GradientSimilarity.Rows(width >> scale);
    }
    return rows[scale];
  }

  /** Three planes of one of two images, halved once more than the scale says. */
  float[] pyramid(int image, int scale) {
    float[][] pyramid = pyramids[image];
    if (pyramid[scale] == null) {
      pyramid[scale] = new float[3 * (height >> (scale + 1)) * (width >> (scale + 1))];
    }
    return pyramid[scale];
  }
}
