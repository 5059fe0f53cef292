package org.fairspark.detect;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.graph.GraphSpec;

/**
 * A method whose only network learns from patches of clean images. Once it is trained, arrays of it
 * that are not learnt are set by what it makes of the normal images.
 *
 * @param <S> what is kept of an image for that
 */
public interface PatchMethod<S extends Serializable> extends Method, Serializable {
  /** The network's name. */
  String NETWORK = "model";

  /** Returns the architecture. */
  GraphSpec architecture(DetectionSettings settings);

  /** Returns the only network. */
  default MethodNetwork network(DetectionSettings settings) {
    return MethodNetwork.ofGraph(NETWORK, Optional.empty(), Optional.of(architecture(settings)));
  }

  @Override
  default List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(network(settings));
  }

  @Override
  default boolean learnsFromSamples() {
    return false;
  }

  /**
   * Returns how many samples of an image an epoch shows. After one of each, an epoch would be
   * shorter than the writing of the checkpoint behind it.
   */
  int samplesOfImage();

  /**
   * Draws a sample.
   *
   * @param image a normal image, {@code uint8[H][W][3]}
   * @param seed decides everything
   */
  PatchSample sample(DetectionSettings settings, PixelImage image, long seed);

  /**
   * Looks at a normal image by the trained network.
   *
   * @param image {@code float[3][H][W]}, RGB in [0,1]
   * @return what {@link #complete} needs of it, a function of network and image
   */
  S look(DetectionSettings settings, TrainedGraph trained, FloatImage image);

  /**
   * Sets the arrays that are not learnt.
   *
   * @param images what was kept of each, in an order that does not depend on where it was made
   */
  NetworkWeights complete(NetworkWeights trained, List<S> images);
}
