/**
 * The training of RIAD: that of a restoration network, on samples with black cells.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.riad;
