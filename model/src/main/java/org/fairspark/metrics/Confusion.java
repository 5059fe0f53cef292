package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The numbers of right and wrong decisions at one threshold.
 *
 * @param truePositives anomalous ones that are called so
 * @param falsePositives normal ones that are called anomalous
 * @param trueNegatives normal ones that are called so
 * @param falseNegatives anomalous ones that are called normal
 * @param ofWhat what is decided on, in plural: "images"
 */
public record Confusion(
    long truePositives, long falsePositives, long trueNegatives, long falseNegatives, String ofWhat)
    implements Serializable {

  /** Returns the share of what is called anomalous that is so. */
  public Area precision() {
    return truePositives + falsePositives == 0
        ? Area.notDefined("no %s are called anomalous".formatted(ofWhat))
        : share(truePositives, truePositives + falsePositives);
  }

  /** Returns the share of what is anomalous that is called so. */
  public Area recall() {
    return truePositives + falseNegatives == 0
        ? noAnomalous()
        : share(truePositives, truePositives + falseNegatives);
  }

  /** Returns the harmonic mean of precision and recall. */
  public Area f1() {
    return truePositives + falseNegatives == 0
        ? noAnomalous()
        : share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  /** Returns the share of what is normal that is called anomalous. */
  public Area falsePositiveRate() {
    return falsePositives + trueNegatives == 0
        ? Area.notDefined("there are no normal " + ofWhat)
        : share(falsePositives, falsePositives + trueNegatives);
  }

  private Area noAnomalous() {
    return Area.notDefined("there are no anomalous " + ofWhat);
  }

  private static Area share(long part, long whole) {
    return Area.exact((double) part / whole);
  }
}
