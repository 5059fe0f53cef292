package org.fairspark.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;
import org.fairspark.network.MemoryEstimate;

/**
 * The features of an image's patches: the backbone's layers, each averaged over neighbouring
 * patches, brought to the grid of the first, and put one behind the other.
 *
 * <p>Layers of some backbones differ in scale, so that one alone would decide distances: they can
 * be brought to one scale at first, each place's vector in each layer to length 1.
 *
 * @param settings layers and preprocessing
 * @param normalized whether every vector of a layer is brought to length 1, before anything else
 * @param neighbourhood side of the square of patches that each is averaged over, odd; 1 for none.
 *     Outside of the map there are zeros
 * @param upsampling of coarser layers
 */
public record PatchExtractor(
    BackboneSettings settings, boolean normalized, int neighbourhood, LayerUpsampling upsampling)
    implements Serializable {

  private static final long PARAMETERS = 70_000_000;

  /** Values that are held at a time, for each pixel: eight layers of 64 channels at a quarter. */
  private static final long LARGEST = 128;

  /**
   * @throws IllegalArgumentException if the neighbourhood is not odd and positive
   */
  public PatchExtractor {
    if (neighbourhood < 1 || neighbourhood % 2 == 0) {
      throw new IllegalArgumentException(
          "the neighbourhood must be odd and positive, got " + neighbourhood);
    }
  }

  /**
   * Estimates the native memory that a backbone takes for one image. What a file needs is known
   * only to the engine: this is enough for networks of 64 channels at half the image's sides, and
   * 70 million parameters.
   */
  public static MemoryEstimate memory(int height, int width) {
    return new MemoryEstimate(
        (long) Float.BYTES * PARAMETERS, (long) Float.BYTES * LARGEST * height * width);
  }

  /**
   * Computes the features of an image.
   *
   * @param image {@code float[3][H][W]}, RGB in [0,1]
   */
  public PatchFeatures extract(Backbone backbone, FloatImage image) {
    List<FloatImage> layers = new ArrayList<>();
    for (FloatImage layer : backbone.features(settings.preprocess(image))) {
      FloatImage scaled = normalized ? normalize(layer) : layer;
      FloatImage averaged = neighbourhood == 1 ? scaled : average(scaled);
      layers.add(layers.isEmpty() ? averaged : resize(averaged, layers.get(0)));
    }
    return interleave(layers);
  }

  /** Brings the vector of every place to length 1; one of zeros stays as it is. */
  private static FloatImage normalize(FloatImage map) {
    int plane = map.height() * map.width();
    float[] in = map.values();
    float[] squares = new float[plane];
    for (int c = 0; c < map.channels(); c++) {
      for (int p = 0; p < plane; p++) {
        float value = in[c * plane + p];
        squares[p] += value * value;
      }
    }
    float[] factors = new float[plane];
    for (int p = 0; p < plane; p++) {
      factors[p] = squares[p] > 0 ? (float) (1 / Math.sqrt(squares[p])) : 1;
    }
    float[] out = new float[in.length];
    for (int c = 0; c < map.channels(); c++) {
      for (int p = 0; p < plane; p++) {
        out[c * plane + p] = in[c * plane + p] * factors[p];
      }
    }
    return new FloatImage(map.channels(), map.height(), map.width(), out);
  }

  private FloatImage average(FloatImage map) {
    int height = map.height();
    int width = map.width();
    int reach = neighbourhood / 2;
    float scale = 1f / (neighbourhood * neighbourhood);
    float[] in = map.values();
    float[] out = new float[in.length];
    float[] rows = new float[width];
    for (int c = 0; c < map.channels(); c++) {
      int plane = c * height * width;
      for (int r = 0; r < height; r++) {
        System.arraycopy(in, plane + r * width, rows, 0, width);
        for (int d = 1; d <= reach; d++) {
          addRow(in, plane, r - d, height, rows);
          addRow(in, plane, r + d, height, rows);
        }
        for (int x = 0; x < width; x++) {
          float sum = 0;
          for (int n = Math.max(0, x - reach); n <= Math.min(width - 1, x + reach); n++) {
            sum += rows[n];
          }
          out[plane + r * width + x] = sum * scale;
        }
      }
    }
    return new FloatImage(map.channels(), height, width, out);
  }

  private static void addRow(float[] in, int plane, int row, int height, float[] sums) {
    if (row >= 0 && row < height) {
      int from = plane + row * sums.length;
      for (int x = 0; x < sums.length; x++) {
        sums[x] += in[from + x];
      }
    }
  }

  private FloatImage resize(FloatImage map, FloatImage to) {
    return upsampling == LayerUpsampling.BILINEAR
        ? BilinearUpsampling.resize(map, to.height(), to.width())
        : nearest(map, to.height(), to.width());
  }

  private static FloatImage nearest(FloatImage map, int height, int width) {
    float[] out = new float[map.channels() * height * width];
    int at = 0;
    for (int c = 0; c < map.channels(); c++) {
      for (int r = 0; r < height; r++) {
        int row = r * map.height() / height;
        for (int x = 0; x < width; x++) {
          out[at++] = map.at(c, row, x * map.width() / width);
        }
      }
    }
    return new FloatImage(map.channels(), height, width, out);
  }

  private static PatchFeatures interleave(List<FloatImage> layers) {
    int height = layers.get(0).height();
    int width = layers.get(0).width();
    int patches = height * width;
    int dimension = layers.stream().mapToInt(FloatImage::channels).sum();
    float[] out = new float[patches * dimension];
    int at = 0;
    for (FloatImage layer : layers) {
      for (int c = 0; c < layer.channels(); c++, at++) {
        for (int p = 0; p < patches; p++) {
          out[p * dimension + at] = layer.values()[c * patches + p];
        }
      }
    }
    return new PatchFeatures(
        height,
        width,
        layers.stream().map(FloatImage::channels).toList(),
        new Vectors(patches, dimension, out));
  }
}
