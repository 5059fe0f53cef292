package org.fairspark.metrics;

/** The choice of pixels by two levels: those above the lower whose region reaches the higher. */
public final class Hysteresis {
  private Hysteresis() {}

  /**
   * Chooses pixels.
   *
   * @param values {@code float[H][W]}
   * @param width W
   * @param high some pixel of each 8-connected region exceeds this
   * @param low every pixel exceeds this; {@code high} chooses those alone that exceed it
   * @return {@code boolean[H][W]}
   */
  public static boolean[] above(float[] values, int width, float high, float low) {
    boolean[] above = new boolean[values.length];
    if (low >= high) {
      for (int p = 0; p < values.length; p++) {
        above[p] = values[p] > high;
      }
      return above;
    }
    byte[] lower = new byte[values.length];
    for (int p = 0; p < values.length; p++) {
      lower[p] = (byte) (values[p] > low ? 1 : 0);
    }
    Regions regions = Regions.label(lower, values.length / width, width);
    boolean[] reaches = new boolean[regions.count() + 1];
    int[] labels = regions.labels();
    for (int p = 0; p < values.length; p++) {
      reaches[labels[p]] |= values[p] > high;
    }
    for (int p = 0; p < values.length; p++) {
      above[p] = labels[p] != 0 && reaches[labels[p]];
    }
    return above;
  }
}
