package org.fairspark.job.train;

import java.util.List;

/**
 * The way in which a {@link org.fairspark.detect.Method} learns; {@link MethodTrainings} finds it.
 */
public interface MethodTraining {
  /** Returns the method's name. */
  String method();

  /**
   * Returns what is to be done for every category, in this order. The first step leaves what {@code
   * models/} holds; runs of a sweep that share that share the step.
   *
   * @return empty for a method that learns nothing
   */
  List<TrainingStep> steps();

  /** Returns how many samples of an image an epoch shows. */
  default int samplesOfImage() {
    return 1;
  }

  /**
   * Returns whether images that set the thresholds are kept from training; a method that learns
   * from none sets them by all.
   */
  default boolean holdsOut() {
    return true;
  }
}
