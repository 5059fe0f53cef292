package org.fairspark.network.backend;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.fairspark.network.BilinearUpsample;

/**
 * Bilinear interpolation at twice the size ({@link BilinearUpsample}) of images {@code
 * [n][h][w][c]}, or its derivative: products with a band matrix, along the columns and then along
 * the rows, a few lines of the matrix at a time.
 */
public final class OneDnnUpsample {
  private final OneDnnPlan natives;
  private final List<OneDnnPlan.Execution> steps = new ArrayList<>();
  private final List<dnnl_memory> sources = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();

  /**
   * @param h height of the smaller images
   * @param w width of the smaller images
   * @param transposed from the larger images to the smaller, for the derivative
   */
  public OneDnnUpsample(
      OneDnnPlan natives, long n, long h, long w, long c, boolean transposed, FloatPointer to) {
    this.natives = natives;
    long fromH = transposed ? 2 * h : h;
    long toW = transposed ? w : 2 * w;
    FloatPointer between = natives.buffer().floats(n * fromH * toW * c);
    // [n fromH][toW][c] = [toW][fromW] x [n fromH][fromW][c]
    product(new Band((int) w, transposed), n * fromH, c, null, between);
    // [n][toH][toW c] = [toH][fromH] x [n][fromH][toW c]
    product(new Band((int) h, transposed), n, toW * c, between, to);
  }

  /** Multiplies {@code [batch][lines][length]} by the band, from the source or a known place. */
  private void product(Band band, long batch, long length, FloatPointer from, FloatPointer to) {
    long inLines = band.columns;
    long outLines = band.rows;
    dnnl_memory_desc_t matrix = OneDnnPlan.layout(dnnl.dnnl_abc, 1, band.tile, band.window);
    dnnl_memory_desc_t source =
        OneDnnPlan.strided(
            new long[] {batch, band.window, length}, new long[] {inLines * length, length, 1});
    dnnl_memory_desc_t target =
        OneDnnPlan.strided(
            new long[] {batch, band.tile, length}, new long[] {outLines * length, length, 1});
    dnnl_matmul_desc_t operation = new dnnl_matmul_desc_t();
    OneDnn.check(
        dnnl.dnnl_matmul_desc_init(operation, matrix, source, null, target), "describe a product");
    dnnl_primitive_desc found = natives.implementation(operation, null);
    for (int t = 0; t < outLines / band.tile; t++) {
      long offset = band.starts[t] * length;
      FloatPointer values = natives.buffer().floats((long) band.tile * band.window);
      values.put(band.tiles[t]);
      dnnl_memory in = natives.memory(source);
      if (from == null) {
        sources.add(in);
        offsets.add(offset);
      } else {
        OneDnnPlan.place(in, from.getPointer(offset));
      }
      steps.add(
          natives
              .step(found)
              .with(dnnl.DNNL_ARG_SRC, natives.memory(matrix, values))
              .with(dnnl.DNNL_ARG_WEIGHTS, in)
              .with(
                  dnnl.DNNL_ARG_DST,
                  natives.memory(target, to.getPointer((long) t * band.tile * length))));
    }
  }

  /** Returns the steps, for images that are always in the same place. */
  public List<OneDnnPlan.Execution> steps(FloatPointer from) {
    place(from);
    return steps;
  }

  private void place(FloatPointer from) {
    for (int i = 0; i < sources.size(); i++) {
      OneDnnPlan.place(sources.get(i), from.getPointer(offsets.get(i)));
    }
  }

  public void run(FloatPointer from) {
    place(from);
    steps.forEach(OneDnnPlan.Execution::run);
  }

  /** A band matrix, a few rows at a time: of each of them only the columns that are not zero. */
  private static final class Band {
    private static final int TILE = 32;

    final int rows;
    final int columns;

    /** Rows at a time. */
    final int tile;

    /** Columns of a tile. */
    final int window;

    /** First column of each tile. */
    final int[] starts;

    /** {@code float[][tile][window]}. */
    final float[][] tiles;

    Band(int n, boolean transposed) {
      float[] matrix = BilinearUpsample.matrix(n, transposed);
      rows = transposed ? n : 2 * n;
      columns = transposed ? 2 * n : n;
      tile = rows % TILE == 0 ? TILE : rows;
      int count = rows / tile;
      starts = new int[count];
      int widest = 0;
      for (int t = 0; t < count; t++) {
        int first = columns;
        int last = 0;
        for (int r = t * tile; r < (t + 1) * tile; r++) {
          for (int c = 0; c < columns; c++) {
            if (matrix[r * columns + c] != 0) {
              first = Math.min(first, c);
              last = Math.max(last, c);
            }
          }
        }
        starts[t] = first;
        widest = Math.max(widest, last - first + 1);
      }
      window = widest;
      tiles = new float[count][tile * window];
      for (int t = 0; t < count; t++) {
        starts[t] = Math.min(starts[t], columns - window);
        for (int r = 0; r < tile; r++) {
          System.arraycopy(
              matrix, (t * tile + r) * columns + starts[t], tiles[t], r * window, window);
        }
      }
    }
  }
}
