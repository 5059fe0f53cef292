/**
 * The calibration of a detector that another program exported: a model of each category is its
 * file, with thresholds from that category's normal images.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.exported;
