package org.fairspark.runtime;

import java.util.List;
import java.util.Optional;
import org.fairspark.spark.MemoryPlan;

/** The work that a job would do, told before any of it is done. */
public interface JobPlan {
  /**
   * Returns the plan for people, a line each: all that a dry run prints.
   *
   * @throws Exception if something that the plan needs to look at cannot be read
   */
  List<String> lines() throws Exception;

  /** Returns the memory that the work takes, where it is known; a job without it is refused. */
  default Optional<MemoryPlan> memory() {
    return Optional.empty();
  }

  /** Returns the images that the work leaves for the jobs after it, where it makes any. */
  default Optional<ExpectedImages> leaves() {
    return Optional.empty();
  }
}
