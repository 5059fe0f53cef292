package org.fairspark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The maps of one image that scores are made of. The arrays are not copied: they must not be
 * written to.
 *
 * @param map the anomaly map, {@code float[H][W]}, 0 or more
 * @param beside other maps of the same restoration, {@code float[H][W]} each, which {@link
 *     ScoreStatistic#MIXTURE} alone looks at; empty where there are none
 */
public record AnomalyMaps(float[] map, List<float[]> beside) implements Serializable {
  public AnomalyMaps {
    beside = List.copyOf(beside);
  }

  /** Returns the maps of an image that has none beside its anomaly map. */
  public static AnomalyMaps of(float[] map) {
    return new AnomalyMaps(map, List.of());
  }

  /** Returns all maps, the anomaly map first. */
  List<float[]> all() {
    List<float[]> all = new ArrayList<>(1 + beside.size());
    all.add(map);
    all.addAll(beside);
    return all;
  }
}
