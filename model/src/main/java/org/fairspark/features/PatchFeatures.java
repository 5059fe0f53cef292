package org.fairspark.features;

import java.io.Serializable;
import java.util.List;

/**
 * The features of an image's patches, which lie on a grid.
 *
 * @param height rows of the grid
 * @param width columns of the grid
 * @param layers features of each layer, in the order in which a vector holds them
 * @param vectors one per patch, {@code float[height][width][dimension]}
 */
public record PatchFeatures(int height, int width, List<Integer> layers, Vectors vectors)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the grid does not fit the vectors
   */
  public PatchFeatures {
    layers = List.copyOf(layers);
    if (layers.stream().mapToInt(Integer::intValue).sum() != vectors.dimension()) {
      throw new IllegalArgumentException(
          "layers of %s features in vectors of %d".formatted(layers, vectors.dimension()));
    }
    if (height < 1 || width < 1 || (long) height * width != vectors.count()) {
      throw new IllegalArgumentException(
          "a grid of %d x %d patches with %d vectors".formatted(height, width, vectors.count()));
    }
  }
}
