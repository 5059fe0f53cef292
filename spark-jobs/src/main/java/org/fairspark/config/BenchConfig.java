package org.fairspark.config;

import java.io.Serializable;

/**
 * {@code bench.*}.
 *
 * @param seconds to spend on measuring each stage
 * @param sourceSize height and width of the image files to decode, in pixels
 * @param images how many images to estimate preparing and scoring for
 * @param trainingImages how many training images to estimate training for
 * @param executors how many executors to estimate for
 * @param gigabits speed of the network between them, in Gbit/s
 */
public record BenchConfig(
    double seconds, int sourceSize, long images, int trainingImages, int executors, double gigabits)
    implements Serializable {

  public BenchConfig {
    new Checks()
        .positive("bench.seconds", seconds)
        .between("bench.source-size", sourceSize, 64, 8192)
        .atLeast("bench.images", images, 1)
        .atLeast("bench.training-images", trainingImages, 1)
        .atLeast("bench.executors", executors, 1)
        .positive("bench.gigabits", gigabits)
        .done();
  }
}
