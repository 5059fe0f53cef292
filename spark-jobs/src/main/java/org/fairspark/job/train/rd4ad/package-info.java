/**
 * The training of RD4AD: a network on a backbone's features, then the thresholds.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.rd4ad;
