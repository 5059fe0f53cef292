package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The numbers of test images and of their anomalous regions.
 *
 * @param images number of normal and anomalous images
 * @param anomalous number of anomalous images
 * @param withoutMask number of anomalous images without a mask, which count for image AUROC only
 * @param regions number of anomalous regions in all masks
 */
public record ImageCounts(long images, long anomalous, long withoutMask, long regions)
    implements Serializable {
  /** Returns the number of normal images. */
  public long normal() {
    return images - anomalous;
  }
}
