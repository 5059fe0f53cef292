package org.fairspark.features;

import java.io.Serializable;

/**
 * The settings of methods that work on the features of a backbone.
 *
 * @param backbone layers and preprocessing
 * @param coreset share of the patches that a memory bank keeps, in (0,1]
 * @param bankLimit the largest number of patches that a memory bank keeps
 * @param neighbours of the memory bank that weight an image's score, at least 1
 * @param dimensions features that are kept of each patch where their covariance is needed, at least
 *     1
 */
public record FeatureSettings(
    BackboneSettings backbone, double coreset, int bankLimit, int neighbours, int dimensions)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public FeatureSettings {
    if (!(coreset > 0 && coreset <= 1) || bankLimit < 1 || neighbours < 1 || dimensions < 1) {
      throw new IllegalArgumentException(
          "coreset %s, bank limit %d, %d neighbours, %d dimensions"
              .formatted(coreset, bankLimit, neighbours, dimensions));
    }
  }
}
