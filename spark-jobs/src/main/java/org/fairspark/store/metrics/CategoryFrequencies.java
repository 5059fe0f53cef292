package org.fairspark.store.metrics;

import java.util.List;
import org.fairspark.frequency.FrequencyAnalysis;
import org.fairspark.frequency.RadialPoint;

/**
 * One category's curves by distance from the zero frequency.
 *
 * @param similarity cosine of the spectra of original and restoration (paper Figure 7)
 * @param energy share of an original's energy (Figure 9)
 */
public record CategoryFrequencies(ByLabel similarity, ByLabel energy) {

  /** Curves of normal and of anomalous test images. */
  public record ByLabel(RadialCurve normal, RadialCurve anomalous) {}

  /**
   * A mean over images by distance.
   *
   * @param images how many images it is over
   * @param points in order of distance; none without images
   */
  public record RadialCurve(long images, List<Point> points) {
    public RadialCurve {
      points = List.copyOf(points);
    }

    private static RadialCurve of(long images, List<RadialPoint> points) {
      return new RadialCurve(
          images,
          points.stream().map(p -> new Point(p.distance(), p.mean(), p.deviation())).toList());
    }
  }

  /**
   * A point of a curve.
   *
   * @param distance in cycles per image, rounded to a whole number
   * @param mean over images
   * @param deviation standard deviation between images
   */
  public record Point(int distance, double mean, double deviation) {}

  /** Returns the curves of what was counted. */
  public static CategoryFrequencies of(FrequencyAnalysis counted) {
    return new CategoryFrequencies(
        new ByLabel(similarity(counted, false), similarity(counted, true)),
        new ByLabel(energy(counted, false), energy(counted, true)));
  }

  private static RadialCurve similarity(FrequencyAnalysis counted, boolean anomalous) {
    return RadialCurve.of(
        counted.similarity(anomalous).images(), counted.similarity(anomalous).curve());
  }

  private static RadialCurve energy(FrequencyAnalysis counted, boolean anomalous) {
    return RadialCurve.of(counted.energy(anomalous).images(), counted.energy(anomalous).curve());
  }
}
