package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

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
}
