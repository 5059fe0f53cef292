package org.fairspark.job.train;

import java.util.Map;

/** The figures of a {@link TrainingStep} that was done now. */
public interface StepFigures {
  /** Returns a human-readable description, without the category. */
  String describe();

  /** Returns the figures as plain values. */
  Map<String, Object> details();
}
