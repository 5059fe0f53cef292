package org.fairspark.scoring;

import java.io.Serializable;

/**
 * The scores of one image in a trial, by every division and statistic.
 *
 * @param id the image's
 * @param judgedBy {@code int[division]}, the half that tells what is normal
 * @param changed {@code float[division][statistic][image]}, of the changed normal images
 * @param defective {@code float[division][statistic][image]}, of the images with a defect
 */
public record TrialScores(String id, int[] judgedBy, float[][][] changed, float[][][] defective)
    implements Serializable {}
