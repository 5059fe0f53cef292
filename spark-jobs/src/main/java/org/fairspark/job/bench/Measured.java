package org.fairspark.job.bench;

import java.io.Serializable;

/**
 * A stage as it was measured.
 *
 * @param stage its name, such as {@code decode png}
 * @param timing of one image
 * @param atOnce tasks that did it at the same time, each with {@code threads}
 * @param threads of a task
 */
public record Measured(String stage, Timing timing, int atOnce, int threads)
    implements Serializable {

  /** Returns the images per second of one task. */
  double rate() {
    return 1 / timing.seconds();
  }

  /** Returns the images per second of all tasks together. */
  double allTogether() {
    return atOnce * rate();
  }
}
