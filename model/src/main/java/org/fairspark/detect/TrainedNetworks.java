package org.fairspark.detect;

import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.Backbone;
import org.fairspark.network.Restorer;
import org.fairspark.network.TrainedGraph;

/**
 * The trained networks of one category, and what was fitted to its images, as the running task has
 * them.
 */
@FunctionalInterface
public interface TrainedNetworks {
  /**
   * Returns a U-Net.
   *
   * @param name a {@link MethodNetwork#name}
   * @throws IllegalArgumentException if there is none of this name
   */
  Restorer network(String name);

  /**
   * Returns a network that is no U-Net.
   *
   * @param name a {@link MethodNetwork#name}
   * @throws IllegalArgumentException if there is none of this name
   */
  default TrainedGraph graph(String name) {
    throw new IllegalArgumentException("the method declares no graph " + name);
  }

  /**
   * Returns the backbone of a method that {@link Method#needsBackbone}.
   *
   * @throws IllegalArgumentException if the method declares none
   */
  default Backbone backbone() {
    throw new IllegalArgumentException("the method declares no backbone");
  }

  /**
   * Returns what was fitted on the backbone's features.
   *
   * @throws IllegalArgumentException if the method declares no backbone
   */
  default SafeTensors fitted() {
    throw new IllegalArgumentException("the method declares no backbone");
  }
}
