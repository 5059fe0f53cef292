/**
 * The training of InTra.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.intra;
