package org.fairspark.job.train;

import java.util.List;
import org.fairspark.runtime.JobContext;

/**
 * The way in which a {@link org.fairspark.detect.Method} learns; {@link MethodTrainings} finds it.
 */
public interface MethodTraining {
  /** Returns the method's name. */
  String method();

  /**
   * Refuses settings and files that training could not begin with; asked before any stage works.
   *
   * @throws org.fairspark.failure.FairException saying what is wrong
   */
  default void check(JobContext context) {}

  /**
   * Returns what is to be done for every category, in this order. The first step leaves what {@code
   * models/} holds; runs of a sweep that share that share the step.
   *
   * @return empty for a method that learns nothing
   */
  List<TrainingStep> steps();
}
