package org.fairspark.anomaly;

/** The buffers of one thread for one image size, kept until the thread needs another size. */
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

  /** Returns this thread's buffers. */
  static Scratch of(int height, int width) {
    Scratch scratch = CURRENT.get();
    if (scratch == null || scratch.height != height || scratch.width != width) {
      scratch = new Scratch(height, width);
      CURRENT.set(scratch);
    }
    return scratch;
  }

  /** Returns a plane of full size. */
  float[] sum() {
    return sum;
  }

  /** Returns the rows of images that are halved {@code scale} times. */
  GradientSimilarity.Rows rows(int scale) {
    if (rows[scale] == null) {
      rows[scale] = new GradientSimilarity.Rows(width >> scale);
    }
    return rows[scale];
  }

  /** Returns three planes of one of two images, halved {@code scale + 1} times. */
  float[] pyramid(int image, int scale) {
    float[][] pyramid = pyramids[image];
    if (pyramid[scale] == null) {
      pyramid[scale] = new float[3 * (height >> (scale + 1)) * (width >> (scale + 1))];
    }
    return pyramid[scale];
  }
}
