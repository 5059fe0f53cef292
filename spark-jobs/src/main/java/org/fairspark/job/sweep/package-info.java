/**
 * {@code sweep}: the trials of a grid of settings, what they share, and the comparison of their
 * results.
 *
 * <p>{@link org.fairspark.job.sweep.SweepPlan} says which trials there are and where each works,
 * {@link org.fairspark.job.sweep.SweepTrials} takes the steps that every trial takes, by the jobs
 * of the other commands, and {@link org.fairspark.job.sweep.SideBySide} trains many at a time.
 *
 * <p>Must not train, prepare or evaluate by code of its own.
 */
package org.fairspark.job.sweep;
