package org.fairspark.config;

import java.util.OptionalInt;
import org.fairspark.training.LearningRate;

/**
 * {@code training.*}.
 *
 * @param epochs passes over the training images, each with the next variant of every image
 * @param batchSize samples that a worker takes per step
 * @param learningRate Adam's, of which the schedule takes a share
 * @param schedule how the learning rate goes
 * @param workers averaging workers; empty follows the executors
 * @param averagingFrequency steps of every worker between two averagings
 * @param threads native threads of a worker; empty divides the cores among the workers
 * @param adaptThreads whether a worker takes half of its threads while that is faster
 * @param engine that trains
 * @param precision of PyTorch on GPUs
 */
public record TrainingConfig(
    int epochs,
    int batchSize,
    double learningRate,
    @EffectiveIf(Condition.SCHEDULE_IS_NOT_OF_THE_PAPER) LearningRate.Schedule schedule,
    @Absent("auto") OptionalInt workers,
    int averagingFrequency,
    @Absent("auto") OptionalInt threads,
    boolean adaptThreads,
    TrainerSetting engine,
    TrainingPrecision precision) {

  public TrainingConfig {
    new Checks()
        .atLeast("training.epochs", epochs, 1)
        .atLeast("training.batch-size", batchSize, 1)
        .positive("training.learning-rate", learningRate)
        .require(
            workers.isEmpty() || workers.getAsInt() >= 1,
            "training.workers",
            workers.orElse(0),
            "must be a whole number of at least 1, or auto")
        .atLeast("training.averaging-frequency", averagingFrequency, 1)
        .require(
            threads.isEmpty() || threads.getAsInt() >= 1,
            "training.threads",
            threads.orElse(0),
            "must be a whole number of at least 1, or auto")
        .done();
  }

  /** Returns the learning rate of every epoch. */
  public LearningRate rate() {
    return new LearningRate(learningRate, schedule);
  }
}
