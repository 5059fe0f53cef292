package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessorShareTest {
  private static WorkerReport seconds(double wall, double processor) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return new WorkerReport(8, 0, 0, (long) (wall * second), (long) (processor * second), 1, null);
  }

  @Test
  void tellsNothingWhileThreadsGetMostOfTheirCores() {
    ProcessorShare share = new ProcessorShare(2);
    for (int round = 0; round < 100; round++) {
      share.add(List.of(seconds(1, 1.2)));
    }
    assertThat(share.advice()).isEmpty();
    assertThat(share.remark()).isEmpty();
  }

  @Test
  void tellsThatNeighboursTakeTheCoresAndWhatHelps() {
    ProcessorShare share = new ProcessorShare(4);
    for (int round = 0; round < 30; round++) {
      // The slowest worker is the one that counts; others may have finished long before.
      share.add(List.of(seconds(0.1, 0.4), seconds(1, 1)));
    }
    assertThat(share.remark()).isEqualTo("  gets 25 % of its cores");
    assertThat(share.advice().orElseThrow())
        .contains("the 4 native threads", "25 %", "training.threads=1", "adapt-threads", "quota");
  }

  @Test
  void whatWasSlowAtFirstOrOnceIsNotToldForEver() {
    ProcessorShare share = new ProcessorShare(1);
    share.add(List.of(seconds(30, 3)));
    assertThat(share.advice()).as("start-up").isEmpty();
    share.add(List.of(seconds(12, 3)));
    assertThat(share.advice().orElseThrow()).contains("25 % of a core").doesNotContain("threads");
    share.add(List.of(seconds(12, 11)));
    assertThat(share.advice()).as("the neighbour has gone").isEmpty();
  }

  @Test
  void aProcessWithoutThatClockTellsNothing() {
    ProcessorShare share = new ProcessorShare(2);
    for (int round = 0; round < 30; round++) {
      share.add(List.of(new WorkerReport(8, 0, 0, TimeUnit.SECONDS.toNanos(2), -1, 1, null)));
    }
    assertThat(share.advice()).isEmpty();
  }
}
