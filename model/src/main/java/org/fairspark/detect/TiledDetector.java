package org.fairspark.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
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
 * @param size of a tile, both sides multiples of 16
 * @param overlap of neighbouring tiles, in pixels, a multiple of 16, at most half of the shorter
 *     side
 */
public record TiledDetector(TileDetector detector, ImageSize size, int overlap) {
  private static final int PHASE = 16;

  /**
   * @throws IllegalArgumentException if size or overlap is out of range
   */
  public TiledDetector {
    if (size.height() % PHASE != 0 || size.width() % PHASE != 0) {
      throw new IllegalArgumentException("a tile's sides are multiples of 16, got " + size);
    }
    if (overlap < PHASE || overlap % PHASE != 0 || overlap > size.shorter() / 2) {
      throw new IllegalArgumentException(
          "the overlap of tiles of %s is a multiple of 16 from 16 to %d, got %d"
              .formatted(size, size.shorter() / 2, overlap));
    }
  }

  /** Returns how many tiles an image takes. */
  public long tiles(int height, int width) {
    return (long) count(height, size.height()) * count(width, size.width());
  }

  private int count(int length, int side) {
    int stride = side - overlap;
    return length <= side ? 1 : (length - side + stride - 1) / stride + 1;
  }

  /**
   * Makes the anomaly map of the whole image.
   *
   * @param image RGB, of any size
   * @return {@code float[1][H][W]}
   */
  public FloatImage map(PixelImage image) {
    int rows = count(image.height(), size.height());
    int columns = count(image.width(), size.width());
    float[] whole = new float[image.height() * image.width()];
    List<FloatImage> batch = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        batch.add(cut(image, top(row), left(column)).toFloat());
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

  private int top(int row) {
    return row * (size.height() - overlap);
  }

  private int left(int column) {
    return column * (size.width() - overlap);
  }

  /** Returns a tile; beyond the image its pixels are mirrored. */
  private PixelImage cut(PixelImage image, int top, int left) {
    byte[] from = image.pixels();
    int height = size.height();
    int width = size.width();
    byte[] tile = new byte[3 * height * width];
    for (int r = 0; r < height; r++) {
      int row = mirrored(top + r, image.height());
      int inside = Math.max(0, Math.min(width, image.width() - left));
      System.arraycopy(from, 3 * (row * image.width() + left), tile, 3 * r * width, 3 * inside);
      for (int c = inside; c < width; c++) {
        int column = mirrored(left + c, image.width());
        System.arraycopy(from, 3 * (row * image.width() + column), tile, 3 * (r * width + c), 3);
      }
    }
    return new PixelImage(3, height, width, tile);
  }

  private static int mirrored(int at, int length) {
    int folded = at % (2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }

  private void blend(
      FloatImage map, int[] place, int rows, int columns, float[] whole, PixelImage image) {
    float[] down = weights(size.height(), place[0] > 0, place[0] < rows - 1);
    float[] across = weights(size.width(), place[1] > 0, place[1] < columns - 1);
    int top = top(place[0]);
    int left = left(place[1]);
    int height = Math.min(size.height(), image.height() - top);
    int width = Math.min(size.width(), image.width() - left);
    float[] values = map.values();
    for (int r = 0; r < height; r++) {
      int to = (top + r) * image.width() + left;
      for (int c = 0; c < width; c++) {
        float weight = down[r] * across[c];
        if (weight > 0) {
          whole[to + c] += weight * values[r * size.width() + c];
        }
      }
    }
  }

  /** Weights along one side; those of two neighbours add up to one. */
  private float[] weights(int side, boolean before, boolean after) {
    float[] weights = new float[side];
    Arrays.fill(weights, 1);
    for (int i = 0; i < overlap; i++) {
      float rising = Math.max(0, Math.min(1, (i + 0.5f - overlap / 4f) / (overlap / 2f)));
      if (before) {
        weights[i] = rising;
      }
      if (after) {
        weights[side - overlap + i] = 1 - rising;
      }
    }
    return weights;
  }
}
