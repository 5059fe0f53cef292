/**
 * The running of a command: {@link org.fairspark.runtime.Job} plans and executes, {@link
 * org.fairspark.runtime.JobRunner} does around it what all commands share, {@link
 * org.fairspark.runtime.JobContext} holds what a command works with.
 *
 * <p>To add a command:
 *
 * <ol>
 *   <li>Make a package {@code job.NAME} with a record that implements {@link
 *       org.fairspark.runtime.JobPlan}: what would be done, and its lines for people.
 *   <li>Implement {@link org.fairspark.runtime.Job} beside it. {@code plan} looks and writes
 *       nothing; {@code execute} finds the output root locked and clean, writes tables by {@link
 *       org.fairspark.runtime.JobContext#tables()}, and returns a {@link
 *       org.fairspark.runtime.JobResult}, a record of what was done. {@code job.train.TrainJob} is
 *       a job to copy.
 *   <li>Add one entry to {@code cli.Commands}, with its settings and examples.
 * </ol>
 *
 * <p>Must not know any command, and must not hold science: whatever a task computes is a function
 * of the model module.
 */
package org.fairspark.runtime;
