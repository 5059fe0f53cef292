package org.fairspark.demo;

/**
 * The surface that a camera photographs: per sample a height, a colour, a gloss, the direction of
 * fine machining marks, and whether a defect changed it.
 *
 * <p>Arrays are {@code float[side][side]} in row-major order with {@link #OVERSAMPLING} samples per
 * pixel in each direction. Lengths and heights are in pixels of the finished image; colours are
 * linear, 0..1.
 */
final class Surface {
  static final int OVERSAMPLING = 2;

  final int side;
  final float[] height;
  final float[] red;
  final float[] green;
  final float[] blue;

  /** Strength of the highlight, 0 for felt, about 1 for bare metal. */
  final float[] gloss;

  /** Direction of machining marks, a unit vector; (0,0) where there are none. */
  final float[] grainX;

  final float[] grainY;

  /** Samples that differ from a flawless part. */
  final boolean[] defective;

  Surface(int pixels) {
    side = pixels * OVERSAMPLING;
    int n = side * side;
    height = new float[n];
    red = new float[n];
    green = new float[n];
    blue = new float[n];
    gloss = new float[n];
    grainX = new float[n];
    grainY = new float[n];
    defective = new boolean[n];
  }

  /** Returns the position of a row or column of samples, in pixels. */
  static float position(int index) {
    return (index + 0.5f) / OVERSAMPLING;
  }

  /** Sets a sample's colour. */
  void color(int sample, float r, float g, float b) {
    red[sample] = r;
    green[sample] = g;
    blue[sample] = b;
  }

  /** Mixes a colour over the sample's. */
  void paint(int sample, float r, float g, float b, float opacity) {
    red[sample] = Noise.mix(red[sample], r, opacity);
    green[sample] = Noise.mix(green[sample], g, opacity);
    blue[sample] = Noise.mix(blue[sample], b, opacity);
  }

  /** Multiplies the sample's colour with another. */
  void tint(int sample, float r, float g, float b, float strength) {
    red[sample] *= Noise.mix(1, r, strength);
    green[sample] *= Noise.mix(1, g, strength);
    blue[sample] *= Noise.mix(1, b, strength);
  }

  /** A change of one sample, given its index and its position in pixels. */
  @FunctionalInterface
  interface Brush {
    void at(int sample, float x, float y);
  }

  /** Visits the samples of a box given in pixels, as far as it lies inside the image. */
  void within(float left, float top, float right, float bottom, Brush brush) {
    int firstRow = Math.max(0, (int) (top * OVERSAMPLING));
    int lastRow = Math.min(side - 1, (int) (bottom * OVERSAMPLING));
    int firstColumn = Math.max(0, (int) (left * OVERSAMPLING));
    int lastColumn = Math.min(side - 1, (int) (right * OVERSAMPLING));
    for (int row = firstRow; row <= lastRow; row++) {
      for (int column = firstColumn; column <= lastColumn; column++) {
        brush.at(row * side + column, position(column), position(row));
      }
    }
  }

  /** Visits all samples. */
  void everywhere(Brush brush) {
    within(0, 0, side, side, brush);
  }
}
