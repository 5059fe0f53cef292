package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparkMetricsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void countsGoOnOverPiecesOfWork() {
    SparkMetrics.Work work = new SparkMetrics.Work(0);
    AtomicLong first = new AtomicLong();
    AtomicLong second = new AtomicLong();
    Runnable endOfFirst = work.open(first::get);
    first.set(5);
    work.open(second::get);
    second.set(2);
    assertThat(work.total()).isEqualTo(7);

    endOfFirst.run();
    endOfFirst.run();
    first.set(100);
    assertThat(work.total()).as("the end is final, and counts once").isEqualTo(7);
  }

  @Test
  void rateIsOfTheTimeSinceItWasLastAsked() {
    SparkMetrics.Work work = new SparkMetrics.Work(0);
    AtomicLong done = new AtomicLong(30);
    work.open(done::get);

    assertThat(work.rate(10 * SECOND)).isEqualTo(3);
    done.set(50);
    assertThat(work.rate(10 * SECOND + 1)).as("too soon for another").isEqualTo(3);
    assertThat(work.rate(12 * SECOND)).isEqualTo(10);
    assertThat(work.rate(20 * SECOND)).isZero();
  }

  @Test
  void trainingsSideBySideKeepTheirOwnLosses() {
    MetricRegistry registry = new MetricRegistry();
    SparkMetrics.Losses losses = new SparkMetrics.Losses(registry, 2);
    losses.set("cells/cutoff=10/0.bottle", 0.5);
    losses.set("bottle", 0.25);
    losses.set("cells/cutoff=10/0.bottle", 0.125);
    assertThat(registry.getGauges())
        .as("a gauge each, by names that Prometheus takes")
        .containsOnlyKeys("train.loss.cells_cutoff_10_0.bottle", "train.loss.bottle");
    assertThat(value(registry, "train.loss.cells_cutoff_10_0.bottle"))
        .as("the newest epoch")
        .isEqualTo(0.125);
    assertThat(value(registry, "train.loss.bottle")).as("the other training").isEqualTo(0.25);

    losses.set("cable", 1);
    assertThat(registry.getGauges())
        .as("no more than so many trainings are kept")
        .containsOnlyKeys("train.loss.bottle", "train.loss.cable");
  }

  private static Object value(MetricRegistry registry, String gauge) {
    return registry.getGauges().get(gauge).getValue();
  }
}
