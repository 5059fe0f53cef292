package org.fairspark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Sums over the maps of normal images, of each kind of map on its own ({@link PositionSums}). */
public final class MapSums implements Serializable {
  private static final long serialVersionUID = 1;

  private final int height;
  private final int width;

  /** The anomaly map's, then those of the maps beside it; empty until an image is added. */
  private final List<PositionSums> byMap = new ArrayList<>();

  /** Makes empty sums for maps of one size. */
  public MapSums(int height, int width) {
    this.height = height;
    this.width = width;
  }

  /**
   * Adds an image's maps.
   *
   * @throws IllegalArgumentException as {@link PositionSums#add}, or if other images have more or
   *     fewer maps
   */
  void add(AnomalyMaps maps) {
    each(maps, PositionSums::add);
  }

  /** Takes maps away that were added. */
  void remove(AnomalyMaps maps) {
    each(maps, PositionSums::remove);
  }

  private void each(AnomalyMaps maps, BiConsumer<PositionSums, float[]> change) {
    List<float[]> all = maps.all();
    require(all.size());
    for (int m = 0; m < all.size(); m++) {
      change.accept(byMap.get(m), all.get(m));
    }
  }

  private void require(int maps) {
    while (byMap.size() < maps && (byMap.isEmpty() || byMap.get(0).maps() == 0)) {
      byMap.add(new PositionSums(height, width));
    }
    if (byMap.size() != maps) {
      throw new IllegalArgumentException(
          "an image with %d maps where %d are summed".formatted(maps, byMap.size()));
    }
  }

  /** Adds the sums over other images; returns these sums. */
  MapSums merge(MapSums other) {
    if (!other.byMap.isEmpty()) {
      require(other.byMap.size());
      for (int m = 0; m < byMap.size(); m++) {
        byMap.get(m).merge(other.byMap.get(m));
      }
    }
    return this;
  }

  /** Returns sums of their own over the same images. */
  MapSums copy() {
    return new MapSums(height, width).merge(this);
  }

  /**
   * Returns what is normal at each position, without a mixture.
   *
   * @throws IllegalStateException if there are less than two images
   */
  public NormalMaps normals() {
    if (byMap.isEmpty()) {
      throw new IllegalStateException("a spread takes two maps or more, got none");
    }
    return new NormalMaps(byMap.stream().map(PositionSums::profile).toList(), Mixture.NONE);
  }
}
