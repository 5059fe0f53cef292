package org.fairspark.metrics;

import java.io.Serializable;

/**
 * Numbers of test images and of their anomalous regions.
 *
 * @param images normal and anomalous ones
 * @param anomalous how many of them are anomalous
 * @param withoutMask how many of the anomalous ones have no mask; they count for image AUROC only
 * @param regions anomalous regions in all masks
 */
public record ImageCounts(long images, long anomalous, long withoutMask, long regions)
    implements Serializable {
  /** Returns the number of normal images. */
  public long normal() {
    return images - anomalous;
  }
}
