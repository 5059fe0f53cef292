package org.fairspark.store.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochSummaryTest {
  @Test
  void linesNameThePartsOfARestorationLossAlone() {
    EpochSummary restoration = new EpochSummary(0, 40, 0.25, 0.5, 4, 3);
    EpochSummary mask = new EpochSummary(1, 40, 0.125, 0, 4, 3);
    assertThat(EpochSummary.CSV_HEADER)
        .isEqualTo("epoch,samples,loss,l2,ssim,seconds,averaging_seconds");
    assertThat(restoration.toCsv()).isEqualTo("1,40,0.75,0.25,0.5,4.000,1.000");
    assertThat(mask.toCsv()).isEqualTo("2,40,0.125,,,4.000,1.000");
    assertThat(EpochSummary.ofCsv(restoration.toCsv())).isEqualTo(restoration);
    assertThat(EpochSummary.ofCsv(mask.toCsv())).isEqualTo(mask);
    assertThat(EpochSummary.ofCsv("2,40,0.125,0.125,0.0,4.000,1.000"))
        .as("as older versions wrote it")
        .isEqualTo(mask);
  }
}
