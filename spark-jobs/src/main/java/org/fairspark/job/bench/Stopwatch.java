package org.fairspark.job.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A stopwatch for repeated work: first it warms up, until the just-in-time compiler has had its
 * time, then it takes samples.
 */
final class Stopwatch {
  /**
   * The duration below which calls are timed several together, since clock and loop cost time too.
   */
  private static final double MIN_SAMPLE = 2e-3;

  private static final int MIN_WARM_UP = 2;
  private static final int MIN_SAMPLES = 3;

  /** The last result, kept so that no compiler removes its computation as unused. */
  private static volatile Object last;

  private final double budget;
  private final LongSupplier nanos;

  /**
   * Makes a stopwatch.
   *
   * @param seconds to spend on one measurement: half as much again goes to warming up; slow work
   *     gets more, for {@value #MIN_SAMPLES} samples
   */
  Stopwatch(double seconds) {
    this(seconds, System::nanoTime);
  }

  /** Makes a stopwatch with a given clock, for tests. */
  Stopwatch(double seconds, LongSupplier nanos) {
    this.budget = seconds;
    this.nanos = nanos;
  }

  /** The repeated work. */
  interface Kernel {
    /**
     * Does the work once.
     *
     * @param turn from 0, to take one input after the other
     * @return the result
     */
    Object run(int turn) throws Exception;
  }

  /** Measures one call. */
  Timing measure(Kernel work) throws Exception {
    int turn = 0;
    long began = nanos.getAsLong();
    while (turn < MIN_WARM_UP || since(began) < budget / 2) {
      last = work.run(turn++);
    }
    double each = since(began) / turn;
    int calls = (int) Math.max(1, Math.min(1e6, Math.ceil(MIN_SAMPLE / Math.max(each, 1e-9))));
    List<Double> samples = new ArrayList<>();
    began = nanos.getAsLong();
    while (samples.size() < MIN_SAMPLES || since(began) < budget) {
      long start = nanos.getAsLong();
      for (int i = 0; i < calls; i++) {
        last = work.run(turn++);
      }
      samples.add(since(start) / calls);
    }
    return Timing.of(samples.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double since(long began) {
    return (nanos.getAsLong() - began) / 1e9;
  }
}
