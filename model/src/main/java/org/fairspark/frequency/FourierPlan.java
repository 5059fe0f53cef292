package org.fairspark.frequency;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jtransforms.fft.DoubleFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * The two-dimensional Fourier transform of real images of one size, for one thread: JTransforms'
 * packed real transform along rows and its complex transform along columns. JTransforms' own packed
 * 2-D transform takes powers of two only; this one takes any height and width.
 *
 * <p>Filtering visits each column once, forward, times the mask, and back, while it is in the
 * cache; nothing is shifted, centred or unpacked. Double precision costs no more here than single
 * (both run scalar) and rounds to the same single-precision result as NumPy.
 */
final class FourierPlan {
  static {
    // One thread per plan, also for sides beyond 8192: the other cores run other tasks.
    ConcurrencyUtils.setNumberOfThreads(1);
  }

  /** The number of plans kept per thread; image sizes in use at a time are one or two. */
  private static final int KEPT = 4;

  private static final ThreadLocal<Map<Size, FourierPlan>> PLANS =
      ThreadLocal.withInitial(
          () ->
              new LinkedHashMap<>(KEPT, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Size, FourierPlan> eldest) {
                  return size() > KEPT;
                }
              });

  private record Size(int height, int width) {}

  private final int height;
  private final int width;
  private final int stride;
  private final DoubleFFT_1D rowTransform;
  private final DoubleFFT_1D columnTransform;

  /** Undoes the scale of the unscaled inverse transforms, which differs between lengths. */
  private final double scale;

  private final double[] rows;
  private final double[] column;

  /** Computed on first use. */
  private int[] distances;

  private FourierPlan(int height, int width) {
    this.height = height;
    this.width = width;
    // Rows a power of two apart would put a whole column into a few cache sets.
    this.stride = width + 8;
    this.rowTransform = new DoubleFFT_1D(width);
    this.columnTransform = new DoubleFFT_1D(height);
    this.rows = new double[Math.multiplyExact(height, stride)];
    this.column = new double[2 * height];
    rows[0] = 1;
    rowTransform.realForward(rows, 0);
    rowTransform.realInverse(rows, 0, false);
    column[0] = 1;
    columnTransform.complexForward(column);
    columnTransform.complexInverse(column, false);
    this.scale = 1 / (rows[0] * column[0]);
  }

  /** Returns this thread's plan for the size; it must not be handed to another thread. */
  static FourierPlan of(int height, int width) {
    return PLANS
        .get()
        .computeIfAbsent(new Size(height, width), s -> new FourierPlan(height, width));
  }

  /**
   * Multiplies a plane's spectrum with a real, even mask.
   *
   * @param plane {@code float[H][W]}
   * @param mask {@code double[W/2 + 1][H]} as {@link FilterMask} makes it
   * @param filtered receives {@code float[H][W]}
   */
  void filter(float[] plane, double[] mask, float[] filtered) {
    forwardRows(plane, 0);
    for (int u = 0; u <= lastColumn(); u++) {
      loadColumn(u);
      columnTransform.complexForward(column);
      if (u == 0 && width % 2 == 0) {
        maskPackedPair(mask);
      } else {
        for (int v = 0, at = u * height; v < height; v++, at++) {
          double gain = mask[at] * scale;
          column[2 * v] *= gain;
          column[2 * v + 1] *= gain;
        }
      }
      columnTransform.complexInverse(column, false);
      storeColumn(u);
    }
    for (int r = 0; r < height; r++) {
      rowTransform.realInverse(rows, r * stride, false);
      for (int c = 0, from = r * stride, to = r * width; c < width; c++) {
        filtered[to + c] = (float) rows[from + c];
      }
    }
  }

  /**
   * Computes the half spectrum of a plane, unscaled as NumPy's {@code fft2}.
   *
   * @param planes {@code float[..][H][W]}
   * @param offset where the plane begins
   * @param spectrum receives {@code double[W/2 + 1][H][2]}, real and imaginary parts
   */
  void halfSpectrum(float[] planes, int offset, double[] spectrum) {
    forwardRows(planes, offset);
    int columnLength = 2 * height;
    for (int u = lastColumn(); u >= 0; u--) {
      loadColumn(u);
      columnTransform.complexForward(column);
      System.arraycopy(column, 0, spectrum, u * columnLength, columnLength);
    }
    if (width % 2 == 0) {
      // Column 0 came with the last one as its imaginary part: Z = A + iB, both of real columns.
      int last = width / 2 * columnLength;
      for (int v = 0; v < height; v++) {
        int mirrored = v == 0 ? 0 : height - v;
        double sumRe = column[2 * v] + column[2 * mirrored];
        double differenceRe = column[2 * v] - column[2 * mirrored];
        double sumIm = column[2 * v + 1] + column[2 * mirrored + 1];
        double differenceIm = column[2 * v + 1] - column[2 * mirrored + 1];
        spectrum[2 * v] = sumRe / 2;
        spectrum[2 * v + 1] = differenceIm / 2;
        spectrum[last + 2 * v] = sumIm / 2;
        spectrum[last + 2 * v + 1] = -differenceRe / 2;
      }
    }
  }

  /**
   * Returns the distance of each frequency of the half spectrum from the zero frequency, rounded.
   *
   * @return {@code int[W/2 + 1][H]}; not a copy
   */
  int[] distances() {
    if (distances == null) {
      distances = new int[(width / 2 + 1) * height];
      for (int i = 0; i < distances.length; i++) {
        int v = i % height;
        distances[i] = (int) Math.rint(FilterMask.distance(Math.min(v, height - v), i / height));
      }
    }
    return distances;
  }

  /** Returns the number of whole distances, one more than the largest. */
  int rings() {
    return (int) Math.rint(FilterMask.distance(height / 2, width / 2)) + 1;
  }

  /**
   * Returns how many frequencies of the whole spectrum one of the half spectrum stands for: 1 or 2.
   *
   * @param index into the half spectrum
   */
  int multiplicity(int index) {
    int u = index / height;
    return u == 0 || 2 * u == width ? 1 : 2;
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum;
  }

  private void forwardRows(float[] planes, int offset) {
    for (int r = 0; r < height; r++) {
      int to = r * stride;
      for (int c = 0, from = offset + r * width; c < width; c++) {
        rows[to + c] = planes[from + c];
      }
      rowTransform.realForward(rows, to);
    }
  }

  /**
   * Returns the last column of packed rows; for an even width column W/2 is packed with column 0.
   */
  private int lastColumn() {
    return width % 2 == 0 ? width / 2 - 1 : width / 2;
  }

  /** Returns the index of a column's imaginary part in a packed row, or -1 if that part is zero. */
  private int imaginaryAt(int u) {
    if (width % 2 == 0) {
      return 2 * u + 1;
    }
    if (u == 0) {
      return -1;
    }
    return u == width / 2 ? 1 : 2 * u + 1;
  }

  private void loadColumn(int u) {
    int im = imaginaryAt(u);
    for (int r = 0, row = 0; r < height; r++, row += stride) {
      column[2 * r] = rows[row + 2 * u];
      column[2 * r + 1] = im < 0 ? 0 : rows[row + im];
    }
  }

  private void storeColumn(int u) {
    int im = imaginaryAt(u);
    for (int r = 0, row = 0; r < height; r++, row += stride) {
      rows[row + 2 * u] = column[2 * r];
      if (im >= 0) {
        rows[row + im] = column[2 * r + 1];
      }
    }
  }

  /**
   * Masks columns 0 (A) and W/2 (B) of the half spectrum while they are packed into one, Z = A +
   * iB. Both come from real columns, so {@code A = (Z + conj Z') / 2} and {@code iB = (Z - conj Z')
   * / 2} with Z' the mirrored frequency, and both masks are even.
   */
  private void maskPackedPair(double[] mask) {
    int last = width / 2 * height;
    for (int v = 0; v <= height / 2; v++) {
      int mirrored = v == 0 ? 0 : height - v;
      double both = (mask[v] + mask[last + v]) / 2 * scale;
      double cross = (mask[v] - mask[last + v]) / 2 * scale;
      double re = column[2 * v];
      double im = column[2 * v + 1];
      double mirroredRe = column[2 * mirrored];
      double mirroredIm = column[2 * mirrored + 1];
      column[2 * v] = both * re + cross * mirroredRe;
      column[2 * v + 1] = both * im - cross * mirroredIm;
      column[2 * mirrored] = both * mirroredRe + cross * re;
      column[2 * mirrored + 1] = both * mirroredIm - cross * im;
    }
  }
}
