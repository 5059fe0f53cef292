package org.fairspark.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * What scores by position know of a category's normal images.
 *
 * @param profiles how the anomaly map looks at each position, then how each map beside it does; the
 *     first alone unless a mixture is made of them
 * @param mixture how {@link ScoreStatistic#MIXTURE} puts its parts together; {@link Mixture#NONE}
 *     for all other scores
 */
public record NormalMaps(List<PositionProfile> profiles, Mixture mixture) implements Serializable {

  /**
   * @throws IllegalArgumentException if there is no profile, the profiles differ in size, or the
   *     mixture is of more or fewer maps
   */
  public NormalMaps {
    profiles = List.copyOf(profiles);
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("normal maps have a profile at least");
    }
    for (PositionProfile profile : profiles) {
      if (profile.height() != profiles.get(0).height()
          || profile.width() != profiles.get(0).width()) {
        throw new IllegalArgumentException("profiles of maps of one image differ in size");
      }
    }
    if (mixture.parts() != 0 && mixture.parts() != profiles.size()) {
      throw new IllegalArgumentException(
          "a mixture of %d parts is not of %d maps".formatted(mixture.parts(), profiles.size()));
    }
  }

  /** Returns what a score of the anomaly map alone knows. */
  public static NormalMaps of(PositionProfile profile) {
    return new NormalMaps(List.of(profile), Mixture.NONE);
  }

  /** Returns how the anomaly map looks at each position. */
  public PositionProfile map() {
    return profiles.get(0);
  }

  /** Returns what is known of the anomaly map alone. */
  NormalMaps ofMap() {
    return of(map());
  }
}
