package org.fairspark.job.train;

/**
 * The state in which a step finds a category before it does anything.
 *
 * @param line human-readable, without the category; empty where nothing is there
 * @param trained whether nothing is to be trained
 * @param upToDate whether nothing is to be done
 */
public record TrainingState(String line, boolean trained, boolean upToDate) {
  public static final TrainingState NEW = new TrainingState("", false, false);
  public static final TrainingState UP_TO_DATE =
      new TrainingState("model is there, nothing to do", true, true);
  public static final TrainingState TO_CALIBRATE =
      new TrainingState("model is there, its thresholds are set again", true, false);

  /** Returns the state of a training that was interrupted. */
  static TrainingState interrupted(int epochs, int of) {
    return new TrainingState(
        "training goes on after epoch %d of %d".formatted(epochs, of), false, false);
  }

  /**
   * Returns the state of a model that is there whole.
   *
   * @param calibrated whether its thresholds are those that are asked for
   */
  public static TrainingState finished(boolean calibrated) {
    return calibrated ? UP_TO_DATE : TO_CALIBRATE;
  }
}
