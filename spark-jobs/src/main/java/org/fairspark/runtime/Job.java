package org.fairspark.runtime;

import org.fairspark.failure.FairException;

/** What one command does. A job has a constructor without arguments and holds no state. */
public interface Job {
  /**
   * Does the work, or with {@link JobContext#dryRun()} only says what would be done: nothing is
   * written then.
   *
   * @throws org.fairspark.config.ConfigException if the configuration does not fit the job (exit
   *     code 2)
   * @throws FairException for a failure that a person can do something about
   */
  JobResult run(JobContext context) throws Exception;
}
