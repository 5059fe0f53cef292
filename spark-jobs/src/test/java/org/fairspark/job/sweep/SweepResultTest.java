package org.fairspark.job.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.config.TrialGroup;
import org.fairspark.failure.ExitStatus;
import org.fairspark.metrics.Metric;
import org.fairspark.report.MetricSpreads;
import org.fairspark.report.Spread;
import org.junit.jupiter.api.Test;

class SweepResultTest {
  private static final FairConfig CONFIG = ConfigLoader.load(List.of(), List.of());
  private static final TrialGroup SOBEL = new TrialGroup("sobel", Map.of(), CONFIG);
  private static final GroupRank RANK =
      new GroupRank(
          SOBEL,
          MetricSpreads.of(
              metric ->
                  metric == Metric.AUPRO
                      ? Spread.undefined("there is no mask")
                      : Spread.of(0.25, 0.75)),
          true);

  @Test
  void lineAndValuesAreOfTheSameMeans() {
    SweepResult result =
        new SweepResult(List.of(RANK), Map.of(), new TreeMap<>(), "/out/report/index.html");
    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    assertThat(result.summary())
        .containsExactly(
            "sobel                        image AUROC 0.500 ± 0.354  pixel AUROC 0.500 ± 0.354"
                + "  AUPRO -  normal MSE 5000.00 ± 3535.53e-4  FAILED",
            "report: /out/report/index.html");
    assertThat(RANK.details())
        .containsEntry("cell", "sobel")
        .containsEntry("image_auroc", 0.5)
        .containsEntry("aupro", null)
        .containsEntry("failed", true);
  }

  @Test
  void aFailedTrialIsTheExitCode() {
    Map<Trial, String> failed = Map.of(new Trial(SOBEL, 0, CONFIG), "its loss is not finite");
    SweepResult result =
        new SweepResult(List.of(), failed, new TreeMap<>(), "/out/report/index.html");
    assertThat(result.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(result.details()).containsEntry("failed", 1);
  }
}
