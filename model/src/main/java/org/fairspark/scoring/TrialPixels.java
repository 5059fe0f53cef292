package org.fairspark.scoring;

import java.io.Serializable;
import java.util.List;
import org.fairspark.inspection.Inspection;

/**
 * The pixel scores of one image in a trial, by every division and statistic: how many pixels have
 * which score.
 *
 * @param id the image's
 * @param judgedBy {@code int[division]}, the half that tells what is normal
 * @param normal {@code int[division][statistic][bin]}, of the changed normal images, and of what
 *     lies outside the defects
 * @param defects {@code int[division][statistic][defect][bin]}, of the pixels of each defect
 */
public record TrialPixels(String id, int[] judgedBy, int[][][] normal, int[][][][] defects)
    implements Serializable {
  /** Bits of a score's representation that a bin leaves out: 16 bins an octave are left. */
  private static final int DROPPED = 19;

  /** Scores below 2^-20 share a bin with 0, and those of 2^12 or more one. */
  private static final int LOWEST = Float.floatToIntBits(0x1p-20f) >> DROPPED;

  /** The number of bins. */
  static final int BINS = (Float.floatToIntBits(0x1p12f) >> DROPPED) - LOWEST + 1;

  /**
   * Returns the bin of a pixel's score; higher for higher scores.
   *
   * @throws IllegalArgumentException if it is no number
   */
  static int bin(float score) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException("a map holds NaN: did the restoration diverge?");
    }
    return Math.max(0, Math.min(BINS - 1, (Float.floatToIntBits(score) >> DROPPED) - LOWEST));
  }

  /**
   * Counts the pixels of one image's maps by one statistic; those that are not inspected do not
   * count.
   *
   * @param profile of the half that tells what is normal
   * @return the counts outside of defects, then those of each defect
   */
  static int[][] count(TrialMaps maps, PixelStatistic statistic, PositionProfile profile) {
    List<AnomalyMaps> defective = maps.defective();
    int[][] counts = new int[1 + defective.size()][BINS];
    for (AnomalyMaps changed : maps.changed()) {
      for (float score : statistic.of(changed.map(), profile)) {
        count(counts[0], score);
      }
    }
    for (int d = 0; d < defective.size(); d++) {
      float[] scores = statistic.of(defective.get(d).map(), profile);
      boolean[] mask = maps.masks().get(d);
      for (int p = 0; p < scores.length; p++) {
        count(counts[mask[p] ? 1 + d : 0], scores[p]);
      }
    }
    return counts;
  }

  private static void count(int[] bins, float score) {
    if (!Inspection.isOutside(score)) {
      bins[bin(score)]++;
    }
  }
}
