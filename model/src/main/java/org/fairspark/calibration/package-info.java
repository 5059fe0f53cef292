/**
 * Thresholds from normal images alone (split conformal prediction): the choice of the training
 * images that are held out, the thresholds with their confidence intervals, and scores normalized
 * by them.
 *
 * <p>Must not know images or networks; scores come in as numbers.
 */
package org.fairspark.calibration;
