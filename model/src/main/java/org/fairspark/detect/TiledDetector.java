package org.fairspark.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Window;

/**
 * A detector of images of any size at their own resolution, in overlapping tiles of the network's.
 *
 * <p>The maps of the tiles are blended before they are smoothed, so that neither the zeros that the
 * smoothing takes outside an image nor a change between two tiles' restorations shows in the whole
 * map. A tile's outer quarter of the overlap, where its high frequencies suffer from its own
 * border, counts for nothing; in the half between, one tile's weight falls as its neighbour's
 * rises. Tiles begin at multiples of 16, so that a pixel meets the network's poolings in the same
 * phase in each. Beyond the image a tile shows it mirrored.
 *
 * <p>Beside the image a map takes eight bytes per pixel, whatever the number of tiles.
 *
 * @param detector of the tiles
 * @param size of a tile, both sides multiples of 16
 * @param overlap of neighbouring tiles, in pixels, a multiple of 16, at most half of the shorter
 *     side
 */
public record TiledDetector(TileDetector detector, ImageSize size, int overlap)
    implements AnomalyDetector {
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
    return tiles(size, overlap, new ImageSize(height, width));
  }

  /** Returns how many tiles of a size, with this overlap, an image takes. */
  static long tiles(ImageSize size, int overlap, ImageSize image) {
    return (long) count(image.height(), size.height(), overlap)
        * count(image.width(), size.width(), overlap);
  }

  private static int count(int length, int side, int overlap) {
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
    return map(image.size(), (top, left) -> Window.of(image, top, left, size).toFloat());
  }

  /**
   * Makes the anomaly maps of whole images.
   *
   * @param images any number of images of any sizes, {@code float[3][H][W]}
   * @return one detection per image, in order; its score is the map's maximum
   */
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> detections = new ArrayList<>(images.size());
    for (FloatImage image : images) {
      FloatImage map = map(image.size(), (top, left) -> Window.of(image, top, left, size));
      detections.add(Detection.of(map, AnomalyFunction.score(map)));
    }
    return detections;
  }

  /** A source of tiles by their first row and column. */
  private interface Tiles {
    FloatImage at(int top, int left);
  }

  private FloatImage map(ImageSize image, Tiles tiles) {
    int rows = count(image.height(), size.height(), overlap);
    int columns = count(image.width(), size.width(), overlap);
    float[] whole = new float[Math.toIntExact(image.pixels())];
    List<FloatImage> batch = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        batch.add(tiles.at(top(row), left(column)));
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

  private void blend(
      FloatImage map, int[] place, int rows, int columns, float[] whole, ImageSize image) {
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
