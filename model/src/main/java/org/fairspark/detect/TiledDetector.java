package org.fairspark.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/**
 * A detector for images larger than the network's size: in overlapping tiles, at their own
 * resolution.
 *
 * <p>The maps of the tiles are blended before they are smoothed, so that neither the zeros that the
 * smoothing takes outside an image nor a change between two tiles' restorations shows in the whole
 * map. A tile's outer quarter of the overlap, where its high frequencies suffer from its own
 * border, counts for nothing; in the half between, one tile's weight falls as its neighbour's
 * rises. Tiles begin at multiples of 16, so that a pixel meets the network's poolings in the same
 * phase in each.
 *
 * <p>Beside the image a map takes eight bytes per pixel, whatever the number of tiles.
 *
 * @param detector of the tiles
 * @param size side of a tile, in pixels, a multiple of 16
 * @param overlap of neighbouring tiles, in pixels, a multiple of 16, at most half of the size
 */
public record TiledDetector(TileDetector detector, int size, int overlap) {
  private static final int PHASE = 16;

  /**
   * @throws IllegalArgumentException if size or overlap is out of range
   */
  public TiledDetector {
    if (size < PHASE || size % PHASE != 0) {
      throw new IllegalArgumentException("a tile's side is a multiple of 16, got " + size);
    }
    if (overlap < PHASE || overlap % PHASE != 0 || overlap > size / 2) {
      throw new IllegalArgumentException(
          "the overlap of tiles of %d is a multiple of 16 from 16 to %d, got %d"
              .formatted(size, size / 2, overlap));
    }
  }

  /** Returns how many tiles an image takes. */
  public long tiles(int height, int width) {
    return (long) count(height) * count(width);
  }

  private int count(int length) {
    int stride = size - overlap;
    return length <= size ? 1 : (length - size + stride - 1) / stride + 1;
  }

  /**
   * Makes the anomaly map of the whole image.
   *
   * @param image RGB, of any size
   * @return {@code float[1][H][W]}
   */
  public FloatImage map(PixelImage image) {
    int stride = size - overlap;
    int rows = count(image.height());
    int columns = count(image.width());
    float[] whole = new float[image.height() * image.width()];
    List<FloatImage> batch = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        batch.add(cut(image, row * stride, column * stride).toFloat());
        places.add(new int[] {row, column});
        if (batch.size() == detector.batchSize() || last(row, column, rows, columns)) {
          List<FloatImage> maps = detector.tileMaps(batch);
          for (int i = 0; i < maps.size(); i++) {
            blend(maps.get(i), places.get(i), rows, columns, whole, image);
          }
          batch.clear();
          places.clear();
        }
      }
    }
    return detector.finish(new FloatImage(1, image.height(), image.width(), whole));
  }

  private static boolean last(int row, int column, int rows, int columns) {
    return row == rows - 1 && column == columns - 1;
  }

  /** Returns a tile; beyond the image its pixels are mirrored. */
  private PixelImage cut(PixelImage image, int top, int left) {
    byte[] from = image.pixels();
    byte[] tile = new byte[3 * size * size];
    for (int r = 0; r < size; r++) {
      int row = mirrored(top + r, image.height());
      int inside = Math.max(0, Math.min(size, image.width() - left));
      System.arraycopy(from, 3 * (row * image.width() + left), tile, 3 * r * size, 3 * inside);
      for (int c = inside; c < size; c++) {
        int column = mirrored(left + c, image.width());
        System.arraycopy(from, 3 * (row * image.width() + column), tile, 3 * (r * size + c), 3);
      }
    }
    return new PixelImage(3, size, size, tile);
  }

  private static int mirrored(int at, int length) {
    int folded = at % (2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }

  private void blend(
      FloatImage map, int[] place, int rows, int columns, float[] whole, PixelImage image) {
    float[] down = weights(place[0] > 0, place[0] < rows - 1);
    float[] across = weights(place[1] > 0, place[1] < columns - 1);
    int top = place[0] * (size - overlap);
    int left = place[1] * (size - overlap);
    int height = Math.min(size, image.height() - top);
    int width = Math.min(size, image.width() - left);
    float[] values = map.values();
    for (int r = 0; r < height; r++) {
      int to = (top + r) * image.width() + left;
      for (int c = 0; c < width; c++) {
        float weight = down[r] * across[c];
        if (weight > 0) {
          whole[to + c] += weight * values[r * size + c];
        }
      }
    }
  }

  /** Weights along one side; those of two neighbours add up to one. */
  private float[] weights(boolean before, boolean after) {
    float[] weights = new float[size];
    Arrays.fill(weights, 1);
    for (int i = 0; i < overlap; i++) {
      float rising = Math.max(0, Math.min(1, (i + 0.5f - overlap / 4f) / (overlap / 2f)));
      if (before) {
        weights[i] = rising;
      }
      if (after) {
        weights[size - overlap + i] = 1 - rising;
      }
    }
    return weights;
  }
}
