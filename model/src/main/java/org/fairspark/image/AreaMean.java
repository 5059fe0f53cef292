package org.fairspark.image;

import java.util.Arrays;

/**
 * Reduction by area: a pixel is the mean of all that it covers, those at its edge by the part that
 * it covers of them. What is finer than the new pixels becomes gray, where a reduction that looks
 * at the nearest pixels alone makes patterns of it (OpenCV's {@code INTER_AREA}, to within one
 * level).
 */
final class AreaMean {
  private AreaMean() {}

  /**
   * Reduces an image; one that grows on either side is resized bilinearly.
   *
   * @param cells of one pixel where it is not reduced on both sides
   */
  static PixelImage resize(ImageCells cells, ImageSize size) {
    ImageSize full = cells.size();
    if (full.equals(size)) {
      return cells.pixels();
    }
    if (size.height() > full.height() || size.width() > full.width()) {
      return Resize.bilinear(cells.pixels(), size);
    }
    PixelImage image = cells.means();
    int channels = image.channels();
    int length = image.width() * channels;
    Cover columns = Cover.along(full.width(), size.width(), cells.cell().width());
    Cover rows = Cover.along(full.height(), size.height(), cells.cell().height());
    byte[] in = image.pixels();
    byte[] out = new byte[size.height() * size.width() * channels];
    float[] mean = new float[length];
    for (int y = 0; y < size.height(); y++) {
      Arrays.fill(mean, 0);
      for (int r = rows.first[y]; r <= rows.last[y]; r++) {
        float weight = rows.weight(y, r);
        int from = r * length;
        for (int x = 0; x < length; x++) {
          mean[x] += weight * (in[from + x] & 0xFF);
        }
      }
      across(mean, channels, columns, out, y * size.width() * channels);
    }
    return new PixelImage(channels, size.height(), size.width(), out);
  }

  private static void across(float[] mean, int channels, Cover columns, byte[] out, int at) {
    for (int x = 0; x < columns.first.length; x++) {
      for (int c = 0; c < channels; c++) {
        int last = columns.last[x] * channels + c;
        int in = columns.first[x] * channels + c;
        float sum = columns.firstWeight[x] * mean[in];
        for (in += channels; in < last; in += channels) {
          sum += columns.weight * mean[in];
        }
        if (in == last) {
          sum += columns.lastWeight[x] * mean[in];
        }
        out[at + x * channels + c] = (byte) Math.min(255, Math.rint(sum));
      }
    }
  }

  /**
   * What each new pixel covers along one axis.
   *
   * @param first cell that is covered
   * @param last cell that is covered
   * @param firstWeight of the first cell
   * @param lastWeight of the last cell, where it is another
   * @param weight of the cells between
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cover(
      int[] first, int[] last, float[] firstWeight, float[] lastWeight, float weight) {
    static Cover along(int in, int out, int side) {
      // In parts of an old pixel: all numbers are whole.
      long cell = (long) side * out;
      Cover cover =
          new Cover(new int[out], new int[out], new float[out], new float[out], (float) cell / in);
      for (int o = 0; o < out; o++) {
        long from = (long) o * in;
        long to = from + in;
        int first = (int) (from / cell);
        int last = (int) ((to - 1) / cell);
        cover.first[o] = first;
        cover.last[o] = last;
        cover.firstWeight[o] = (float) (Math.min(to, (first + 1L) * cell) - from) / in;
        cover.lastWeight[o] = (float) (to - last * cell) / in;
      }
      return cover;
    }

    float weight(int o, int i) {
      return i == first[o] ? firstWeight[o] : i == last[o] ? lastWeight[o] : weight;
    }
  }
}
