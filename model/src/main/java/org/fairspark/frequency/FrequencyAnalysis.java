package org.fairspark.frequency;

import java.io.Serializable;

/**
 * Similarity of restorations (paper Figure 7) and energy (Figure 9) by distance from the zero
 * frequency, of normal and of anomalous test images. Mergeable: the result does not depend on how
 * the images were divided, to the last bit. Not thread-safe.
 */
public final class FrequencyAnalysis implements Serializable {
  private static final long serialVersionUID = 1;

  private final FrequencySimilarity normalSimilarity = new FrequencySimilarity();
  private final FrequencySimilarity anomalousSimilarity = new FrequencySimilarity();
  private final EnergySpectrum normalEnergy = new EnergySpectrum();
  private final EnergySpectrum anomalousEnergy = new EnergySpectrum();

  /**
   * Counts one image's restoration.
   *
   * @param cosines as {@link FrequencySimilarity#cosines} gives them
   */
  public void addSimilarity(double[] cosines, boolean anomalous) {
    (anomalous ? anomalousSimilarity : normalSimilarity).add(cosines);
  }

  /**
   * Counts one image's energy.
   *
   * @param shares of the original, as {@link EnergySpectrum#shares} gives them
   */
  public void addEnergy(double[] shares, boolean anomalous) {
    (anomalous ? anomalousEnergy : normalEnergy).add(shares);
  }

  /**
   * Adds another analysis's images.
   *
   * @return this
   */
  public FrequencyAnalysis merge(FrequencyAnalysis other) {
    normalSimilarity.merge(other.normalSimilarity);
    anomalousSimilarity.merge(other.anomalousSimilarity);
    normalEnergy.merge(other.normalEnergy);
    anomalousEnergy.merge(other.anomalousEnergy);
    return this;
  }

  /**
   * Returns the similarity of originals and restorations, of the anomalous or of the normal images.
   */
  public FrequencySimilarity similarity(boolean anomalous) {
    return anomalous ? anomalousSimilarity : normalSimilarity;
  }

  /** Returns the originals' energy, of the anomalous or of the normal images. */
  public EnergySpectrum energy(boolean anomalous) {
    return anomalous ? anomalousEnergy : normalEnergy;
  }
}
