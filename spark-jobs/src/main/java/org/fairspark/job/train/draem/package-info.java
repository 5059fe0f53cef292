/**
 * The training of DRAEM. A killed one goes on with the step that it was in: each leaves what says
 * that it is done.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.draem;
