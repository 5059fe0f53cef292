package org.fairspark.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private final AtomicLong now = new AtomicLong();

  private void takes(double seconds) {
    now.addAndGet(Math.round(seconds * 1e9));
  }

  @Test
  void whatIsSlowOnlyWhileWarmingUpIsMeasuredWarm() throws Exception {
    AtomicLong calls = new AtomicLong();
    Timing timing =
        new Stopwatch(1, now::get)
            .measure(
                turn -> {
                  assertThat(turn).as("turn").isEqualTo((int) calls.getAndIncrement());
                  takes(now.get() < 500_000_000L ? 0.1 : 0.01);
                  return turn;
                });
    assertThat(timing.seconds()).as("seconds").isCloseTo(0.01, within(1e-12));
    // Half a second to warm up, then a second.
    assertThat(timing.samples()).as("samples").isEqualTo(100);
    assertThat(calls.get()).as("calls").isEqualTo(105);
  }

  @Test
  void aMedianDoesNotMindAFewSlowOnes() throws Exception {
    Timing timing =
        new Stopwatch(1, now::get)
            .measure(
                turn -> {
                  takes(turn % 10 == 9 ? 0.5 : 0.01);
                  return turn;
                });
    assertThat(timing.seconds()).as("seconds").isCloseTo(0.01, within(1e-12));
  }

  @Test
  void shortWorkIsTimedSeveralTogetherAndSlowWorkThreeTimes() throws Exception {
    Timing brief =
        new Stopwatch(0.1, now::get)
            .measure(
                turn -> {
                  takes(1e-5);
                  return turn;
                });
    assertThat(brief.seconds()).as("seconds").isCloseTo(1e-5, within(1e-12));
    // 200 calls of 10 us are the least that is timed.
    assertThat(brief.samples()).as("samples").isEqualTo(50);
    Timing slow =
        new Stopwatch(0.1, now::get)
            .measure(
                turn -> {
                  takes(7);
                  return turn;
                });
    assertThat(slow).as("of slow work").isEqualTo(new Timing(7, 7, 7, 3));
  }

  @Test
  void quartilesLieBetweenNeighbours() {
    assertThat(Timing.of(4, 1, 2, 3)).as("of four").isEqualTo(new Timing(2.5, 1.75, 3.25, 4));
    assertThat(Timing.together(List.of(Timing.of(1), Timing.of(2), Timing.of(9))))
        .as("of three tasks")
        .isEqualTo(new Timing(2, 2, 2, 3));
    assertThat(Timing.of(8).dividedBy(4)).as("of a batch").isEqualTo(new Timing(2, 2, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(Timing::of);
  }
}
