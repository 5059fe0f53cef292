package org.fairspark.config;

import java.util.OptionalInt;

/**
 * {@code training.*}.
 *
 * @param epochs passes over the training images, each with the next variant of every image
 * @param batchSize samples that a worker takes per step
 * @param learningRate Adam's, before it falls to a fifth at 80 % and again at 90 % of the epochs
 * @param workers averaging workers; empty follows the executors
 * @param averagingFrequency steps of every worker between two averagings
 * @param threads native threads of a worker; empty divides the cores among the workers
 * @param engine that trains
 * @param precision of PyTorch on GPUs
 */
public record TrainingConfig(
    int epochs,
    int batchSize,
    double learningRate,
    @Absent("auto") OptionalInt workers,
    int averagingFrequency,
    @Absent("auto") OptionalInt threads,
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
}
