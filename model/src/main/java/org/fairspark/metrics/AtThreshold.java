package org.fairspark.metrics;

import java.io.Serializable;

/**
 * The decisions on test images and their pixels at thresholds that were set without them.
 *
 * @param levels the thresholds; what lies above is called anomalous
 * @param images decisions on images
 * @param pixels decisions on the pixels of all images that are normal or have a mask; anomalous are
 *     those whose mask is above one half
 */
public record AtThreshold(DecisionLevels levels, Confusion images, Confusion pixels)
    implements Serializable {
  static AtThreshold of(DecisionLevels levels, Tally normal, Tally anomalous) {
    Confusion pixels =
        new Confusion(
            anomalous.decided().anomalousPixelsAbove(),
            normal.decided().normalPixelsAbove() + anomalous.decided().normalPixelsAbove(),
            normal.decided().normalPixelsBelow() + anomalous.decided().normalPixelsBelow(),
            anomalous.decided().anomalousPixelsBelow(),
            "pixels");
    return new AtThreshold(
        levels,
        new Confusion(
            anomalous.decided().imagesAbove(),
            normal.decided().imagesAbove(),
            normal.images() - normal.decided().imagesAbove(),
            anomalous.images() - anomalous.decided().imagesAbove(),
            "images"),
        pixels);
  }
}
