/**
 * Thresholds from normal images alone: which training images are held out for them, the thresholds
 * with their confidence, and scores relative to them.
 *
 * <p>Must not know images or networks; scores come in as numbers.
 */
package org.fairspark.calibration;
