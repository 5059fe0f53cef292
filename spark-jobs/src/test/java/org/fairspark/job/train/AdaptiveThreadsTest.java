package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class AdaptiveThreadsTest {
  private static final int ROUND = AdaptiveThreads.BLOCKS_BETWEEN_TRIALS + 1;

  /**
   * Trains blocks of 40 samples.
   *
   * @param rate samples a second by the number of threads
   * @return how many blocks were trained by half of the threads
   */
  private static int train(AdaptiveThreads threads, int blocks, IntToDoubleFunction rate) {
    int byHalf = 0;
    for (int block = 0; block < blocks; block++) {
      int now = threads.next();
      byHalf += now == 1 ? 1 : 0;
      threads.took(now, 40, (long) (40e9 / rate.applyAsDouble(now)));
    }
    return byHalf;
  }

  private static double idle(int threads) {
    return threads == 2 ? 42.8 : 30.9;
  }

  private static double besideOneNeighbour(int threads) {
    return threads == 2 ? 19.7 : 27.6;
  }

  @Test
  void allThreadsTrainWhileTheyAreFaster() {
    AdaptiveThreads threads = new AdaptiveThreads(2);
    // The first block of the other number builds a network and says nothing, the second is the
    // trial.
    assertThat(train(threads, 2 * ROUND, AdaptiveThreadsTest::idle)).isEqualTo(2);
    assertThat(train(threads, 10 * ROUND, AdaptiveThreadsTest::idle)).isEqualTo(10);
  }

  @Test
  void halfOfThemTrainBesideANeighbourUntilItIsGone() {
    AdaptiveThreads threads = new AdaptiveThreads(2);
    train(threads, 2 * ROUND, AdaptiveThreadsTest::besideOneNeighbour);
    assertThat(train(threads, 10 * ROUND, AdaptiveThreadsTest::besideOneNeighbour))
        .as("blocks by one thread, of %d", 10 * ROUND)
        .isEqualTo(10 * ROUND - 10);
    train(threads, 2 * ROUND, AdaptiveThreadsTest::idle);
    assertThat(train(threads, 10 * ROUND, AdaptiveThreadsTest::idle))
        .as("the neighbour is gone")
        .isEqualTo(10);
  }

  @Test
  void whatIsHardlyFasterIsNotTaken() {
    AdaptiveThreads threads = new AdaptiveThreads(2);
    assertThat(train(threads, 11 * ROUND, n -> n == 2 ? 20 : 20.8)).isLessThan(13);
  }

  @Test
  void oneThreadStaysOne() {
    AdaptiveThreads threads = new AdaptiveThreads(1);
    for (int block = 0; block < 5 * ROUND; block++) {
      assertThat(threads.next()).isEqualTo(1);
      threads.took(1, 40, 1_000_000_000L);
    }
  }

  @Test
  void oddNumbersAreHalvedUpwards() {
    AdaptiveThreads threads = new AdaptiveThreads(3);
    int fewest = 3;
    for (int block = 0; block < 2 * ROUND; block++) {
      int now = threads.next();
      fewest = Math.min(fewest, now);
      threads.took(now, 40, 1_000_000_000L);
    }
    assertThat(fewest).isEqualTo(2);
  }
}
