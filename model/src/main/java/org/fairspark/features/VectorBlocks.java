package org.fairspark.features;

/**
 * Vectors in an order that distances to all of them are computed fast in: blocks of vectors, within
 * a block one dimension after the other, so that one instruction works on several vectors.
 *
 * <p>Distances are sums of squared differences in the order of the dimensions, in single precision:
 * the same bits on any machine, and no cancellation as in {@code |a|^2 + |b|^2 - 2ab}.
 */
public final class VectorBlocks {
  /** A block of 152 dimensions takes 155 kB, which a core keeps close. */
  static final int BLOCK = 256;

  private final int count;
  private final int dimension;
  private final float[][] blocks;

  /** Copies vectors into blocks. */
  public VectorBlocks(Vectors vectors) {
    this.count = vectors.count();
    this.dimension = vectors.dimension();
    this.blocks = new float[(count + BLOCK - 1) / BLOCK][];
    float[] values = vectors.values();
    for (int b = 0; b < blocks.length; b++) {
      int size = size(b);
      float[] block = new float[size * dimension];
      for (int i = 0; i < size; i++) {
        int from = (b * BLOCK + i) * dimension;
        for (int d = 0; d < dimension; d++) {
          block[d * size + i] = values[from + d];
        }
      }
      blocks[b] = block;
    }
  }

  /** Returns the number of vectors. */
  public int count() {
    return count;
  }

  /** Returns the number of blocks. */
  int blocks() {
    return blocks.length;
  }

  /** Returns the number of a block's vectors. */
  int size(int block) {
    return Math.min(BLOCK, count - block * BLOCK);
  }

  /**
   * Computes the squared distances of a vector to all of a block.
   *
   * @param vector array that holds the vector
   * @param from its first number in the array
   * @param out {@code float[BLOCK]}, overwritten
   */
  void squaredDistances(float[] vector, int from, int block, float[] out) {
    float[] values = blocks[block];
    int size = size(block);
    for (int i = 0; i < size; i++) {
      out[i] = 0;
    }
    int d = 0;
    for (; d + 4 <= dimension; d += 4) {
      float a0 = vector[from + d];
      float a1 = vector[from + d + 1];
      float a2 = vector[from + d + 2];
      float a3 = vector[from + d + 3];
      int o0 = d * size;
      int o1 = o0 + size;
      int o2 = o1 + size;
      int o3 = o2 + size;
      for (int i = 0; i < size; i++) {
        float e0 = a0 - values[o0 + i];
        float e1 = a1 - values[o1 + i];
        float e2 = a2 - values[o2 + i];
        float e3 = a3 - values[o3 + i];
        out[i] += (e0 * e0 + e1 * e1) + (e2 * e2 + e3 * e3);
      }
    }
    for (; d < dimension; d++) {
      float a = vector[from + d];
      int o = d * size;
      for (int i = 0; i < size; i++) {
        float e = a - values[o + i];
        out[i] += e * e;
      }
    }
  }
}
