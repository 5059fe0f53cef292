/**
 * {@code run} and {@code demo}: commands that are made of other commands.
 *
 * <p>{@link org.fairspark.job.run.RunJob} plans its stages one after another, each on what those
 * before it will leave, and executes them in this order. One more stage is one more component of
 * its plan and of its result.
 *
 * <p>Must not do a stage's work, nor know more of it than its {@link org.fairspark.runtime.Job}.
 */
package org.fairspark.job.run;
