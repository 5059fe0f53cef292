package org.fairspark.spark;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.LongSupplier;

/**
 * The counts and gauges of this process among Spark's metrics: a source named {@code fair} in the
 * driver's metrics system. Thread-safe; counts go on over all jobs of a process.
 *
 * <ul>
 *   <li>{@code JOB.UNIT} and {@code JOB.UNIT_per_second}: for example {@code prepare.images}, as
 *       progress shows them
 *   <li>{@code quarantined}: image files that could not be used
 *   <li>{@code train.loss.TRAINING}: of the last epoch of a training that ended; one gauge for each
 *       training, as many may run side by side
 *   <li>{@code train.averaging_seconds}: spent by the driver in averaging
 * </ul>
 */
public final class SparkMetrics {
  private static final String SOURCE = "fair";

  /** Trainings whose losses are kept: more than run side by side. */
  private static final int MAX_LOSSES = 256;

  private static final MetricRegistry REGISTRY = new MetricRegistry();
  private static final Map<String, Work> WORK = new ConcurrentHashMap<>();
  private static final Counter QUARANTINED = REGISTRY.counter("quarantined");
  private static final DoubleAdder AVERAGING = new DoubleAdder();
  private static final Losses LOSSES = new Losses(REGISTRY, MAX_LOSSES);

  static {
    REGISTRY.register("train.averaging_seconds", (Gauge<Double>) AVERAGING::sum);
  }

  private SparkMetrics() {}

  /** Adds the source to the running Spark, if it is not there. */
  static void register() {
    SparkCompat.register(SOURCE, REGISTRY);
  }

  /**
   * Counts what a piece of work does from now on.
   *
   * @param job the command, for example {@code prepare}
   * @param unit what is counted, for example {@code images}
   * @param done how many so far; read when the metrics are, and once at the end
   * @return to be called at the end of the work
   */
  public static Runnable count(String job, String unit, LongSupplier done) {
    return WORK.computeIfAbsent(job + "." + unit, SparkMetrics::publish).open(done);
  }

  /** Counts image files that could not be used. */
  public static void quarantined(long files) {
    QUARANTINED.inc(files);
  }

  /**
   * Tells the loss of an epoch.
   *
   * @param training its name, such as the category; characters other than letters, digits, {@code
   *     .} and {@code -} become {@code _}
   */
  public static void loss(String training, double value) {
    LOSSES.set(training, value);
  }

  /** Adds time that was spent in averaging. */
  public static void averaged(Duration time) {
    AVERAGING.add(time.toNanos() / 1e9);
  }

  private static Work publish(String name) {
    Work work = new Work(System.nanoTime());
    REGISTRY.register(name, (Gauge<Long>) work::total);
    REGISTRY.register(name + "_per_second", (Gauge<Double>) () -> work.rate(System.nanoTime()));
    return work;
  }

  /** The losses of the newest trainings, a gauge each. */
  static final class Losses {
    private final MetricRegistry registry;
    private final int max;
    private final Map<String, Double> values = new LinkedHashMap<>();

    Losses(MetricRegistry registry, int max) {
      this.registry = registry;
      this.max = max;
    }

    synchronized void set(String training, double value) {
      String name = "train.loss." + training.replaceAll("[^A-Za-z0-9.-]+", "_");
      if (values.put(name, value) != null) {
        return;
      }
      registry.register(name, (Gauge<Double>) () -> value(name));
      if (values.size() > max) {
        String eldest = values.keySet().iterator().next();
        values.remove(eldest);
        registry.remove(eldest);
      }
    }

    private synchronized double value(String name) {
      return values.getOrDefault(name, Double.NaN);
    }
  }

  /** A count that outlives the pieces of work it is the sum of. */
  static final class Work {
    private static final long MIN_NANOS = 1_000_000_000L;

    private final List<LongSupplier> open = new ArrayList<>();
    private long closed;
    private long seen;
    private long seenNanos;
    private double rate;

    Work(long nowNanos) {
      this.seenNanos = nowNanos;
    }

    synchronized Runnable open(LongSupplier done) {
      open.add(done);
      return () -> close(done);
    }

    private synchronized void close(LongSupplier done) {
      if (open.remove(done)) {
        closed += done.getAsLong();
      }
    }

    synchronized long total() {
      return closed + open.stream().mapToLong(LongSupplier::getAsLong).sum();
    }

    /** Returns the rate since the last call that is at least a second ago. */
    synchronized double rate(long nowNanos) {
      if (nowNanos - seenNanos >= MIN_NANOS) {
        long total = total();
        rate = (total - seen) * 1e9 / (nowNanos - seenNanos);
        seen = total;
        seenNanos = nowNanos;
      }
      return rate;
    }
  }
}
