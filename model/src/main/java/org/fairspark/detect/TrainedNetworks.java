package org.fairspark.detect;

import org.fairspark.network.Restorer;

/** The trained networks of one category, as the running task has them. */
@FunctionalInterface
public interface TrainedNetworks {
  /**
   * Returns a network.
   *
   * @param name a {@link MethodNetwork#name}
   * @throws IllegalArgumentException if there is none of this name
   */
  Restorer network(String name);
}
