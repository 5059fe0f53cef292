package org.fairspark.job.run;

import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobPlan;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.JobRunner;

/**
 * One command of a run, planned.
 *
 * @param name the command
 * @param plan made before any stage was executed
 * @param early whether the plan counts on stages before it, instead of on what is there
 */
record RunStage<P extends JobPlan, R extends JobResult>(
    String name, Job<P, R> job, P plan, boolean early) {

  /** Plans a command; memory is checked now rather than after hours of the stages before it. */
  static <P extends JobPlan, R extends JobResult> RunStage<P, R> plan(
      String name, Job<P, R> job, JobContext run) throws Exception {
    P plan = JobRunner.plan(job, run.with(name, run.config()));
    return new RunStage<>(name, job, plan, run.expected().isPresent());
  }

  /** Returns the run as the stages after this one find it when they plan. */
  JobContext after(JobContext run) {
    return plan.leaves().map(run::expecting).orElse(run);
  }

  /** Executes the command; a plan that was made early is made anew, on what is there by now. */
  R execute(JobContext run) throws Exception {
    JobContext context = run.with(name, run.config());
    return early ? JobRunner.execute(job, context) : JobRunner.execute(job, context, plan);
  }
}
