package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairspark.spark.ClusterShape;
import org.junit.jupiter.api.Test;

/** How many native threads a worker gets. */
class WorkersTest {
  private static final ClusterShape ONE_OF_EIGHT_CORES = new ClusterShape(1, 8, 1);

  @Test
  void coresAreDividedAmongTheWorkers() {
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 1, null)).isEqualTo(8);
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 3, null)).isEqualTo(2);
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 20, null)).isEqualTo(1);
    assertThat(Workers.share(new ClusterShape(4, 8, 1), 4, null)).isEqualTo(2);
  }

  @Test
  void noWorkerTakesMoreThreadsThanOpenMpIsAllowed() {
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 1, "3")).isEqualTo(3);
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 1, " 3 , 2")).isEqualTo(3);
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 4, "3")).isEqualTo(2);
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 1, "many")).isEqualTo(8);
    assertThat(Workers.share(ONE_OF_EIGHT_CORES, 1, "0")).isEqualTo(8);
  }
}
