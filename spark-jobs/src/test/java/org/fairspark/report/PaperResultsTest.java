package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fairspark.metrics.Metric;
import org.fairspark.report.PaperResults.PrintedNumber;
import org.fairspark.report.ReportModel.Benchmark;
import org.junit.jupiter.api.Test;

class PaperResultsTest {
  private final PaperResults paper = PaperResults.printed();

  @Test
  void findsTheNumbersOfACategoryHoweverItIsSpelled() {
    assertThat(paper.of(Benchmark.MVTEC_AD, PaperResults.FAIR, "metal_nut", Metric.IMAGE_AUROC))
        .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo(98.0));
    assertThat(paper.of(Benchmark.MVTEC_AD, PaperResults.FAIR, "Metal Nut", Metric.AUPRO))
        .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo(88.7));
    assertThat(paper.of(Benchmark.VISA, PaperResults.FAIR, "pipe_fryum", Metric.PIXEL_AUROC))
        .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo(99.4));
    assertThat(paper.of(Benchmark.VISA, PaperResults.FAIR, "bottle", Metric.IMAGE_AUROC)).isEmpty();
    assertThat(paper.of(Benchmark.OTHER, PaperResults.FAIR, "bottle", Metric.IMAGE_AUROC))
        .as("a user's own category of the same name")
        .isEmpty();
  }

  @Test
  void aRunComparesWithItsOwnMethodsColumn() {
    assertThat(column("draem").of("bottle", Metric.IMAGE_AUROC))
        .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo(99.2));
    assertThat(column("restoration").of("bottle", Metric.IMAGE_AUROC))
        .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo(100));
    assertThat(column("patchcore").of("bottle", Metric.IMAGE_AUROC))
        .as("printed for VisA alone")
        .isEmpty();
    assertThat(column("padim").of("bottle", Metric.IMAGE_AUROC)).as("not printed").isEmpty();
  }

  private static PaperColumn column(String method) {
    return new PaperColumn(Benchmark.MVTEC_AD, PaperResults.method(method));
  }

  /** The printed means follow from the rows, except where a note says that they do not. */
  @Test
  void meansFollowFromRowsOrCarryANote() {
    for (int table = 1; table <= 4; table++) {
      Map<String, List<PrintedNumber>> columns =
          paper.table(table).stream()
              .collect(Collectors.groupingBy(e -> e.method() + " " + e.metric()));
      columns.forEach(
          (column, entries) -> {
            List<PrintedNumber> rows =
                entries.stream().filter(e -> !e.row().contains("mean")).toList();
            PrintedNumber mean =
                entries.stream().filter(e -> e.row().equals("mean")).findAny().get();
            double computed =
                rows.stream().mapToDouble(PrintedNumber::value).average().orElseThrow();
            assertThat(rows).as(column).hasSize(mean.dataset().equals("mvtec") ? 15 : 12);
            if (Math.abs(computed - mean.value()) > 0.1) {
              assertThat(mean.note()).as("%s: %s from rows", column, computed).contains("follow");
            }
          });
    }
  }

  @Test
  void doubtfulNumbersCarryANote() {
    for (String category : List.of("capsules", "macaroni2")) {
      assertThat(paper.of(Benchmark.VISA, PaperResults.FAIR, category, Metric.PIXEL_AUROC))
          .hasValueSatisfying(e -> assertThat(e.doubtful()).as(category).isTrue());
    }
    assertThat(paper.table(6).stream().filter(e -> e.row().contains("none")))
        .as("the two denoising rows")
        .hasSize(6)
        .allMatch(PrintedNumber::doubtful);
  }

  @Test
  void holdsEveryTable() {
    for (int table = 1; table <= 12; table++) {
      assertThat(paper.table(table)).as("table %d", table).isNotEmpty();
    }
    assertThat(paper.table(7))
        .as("the paper's own filter")
        .anyMatch(
            e ->
                e.row().equals("filter.kind=butterworth;filter.order=2")
                    && e.metric().equals("normal_mse")
                    && e.value() == 1.06);
  }
}
