/**
 * The training of InTra: the transformer by parameter averaging, on clean images; then, by all
 * tasks, what differs in the training images, which the trained network's file gets; then the
 * thresholds.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.intra;
