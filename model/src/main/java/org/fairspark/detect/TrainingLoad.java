package org.fairspark.detect;

import org.fairspark.network.TrainingEngine;

/**
 * The work of training that one process has at a time, as far as it decides its memory.
 *
 * @param engine that trains
 * @param batchSize samples of a step
 * @param height of the images, in pixels, a multiple of 16
 * @param width of the images, in pixels, a multiple of 16
 * @param workers of a round that the process has at a time
 * @param tasks that the process runs at a time where they do not train together
 */
public record TrainingLoad(
    TrainingEngine engine, int batchSize, int height, int width, int workers, int tasks) {
  public TrainingLoad {
    if (batchSize < 1 || workers < 1 || tasks < 1) {
      throw new IllegalArgumentException(
          "batch size, workers and tasks must be at least 1, got %d, %d, %d"
              .formatted(batchSize, workers, tasks));
    }
  }
}
