package org.fairspark.network.graph;

import java.io.Serializable;
import java.nio.FloatBuffer;
import org.fairspark.random.SeededRandom;

/**
 * The drawing of what a sample has anew in every epoch, such as the part of an image that is looked
 * at: numbers that a kept sample leaves at zero. Equal draws write the same from the same random
 * numbers.
 */
@FunctionalInterface
public interface SampleDraw extends Serializable {
  /**
   * Writes what is drawn.
   *
   * @param random numbers of the run's seed, the image and the epoch
   * @param inputs one sample's, in the order of the architecture
   * @param targets likewise
   */
  void draw(SeededRandom random, FloatBuffer inputs, FloatBuffer targets);
}
