/**
 * A sweep's plan and results: which runs it has, what they share, what came out.
 *
 * <p>Must not run anything: that is {@link SweepJob}'s.
 */
package org.fairspark.job.sweep;
