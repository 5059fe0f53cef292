package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.fairspark.metrics.Metric;
import org.fairspark.report.ReportModel.Benchmark;
import org.fairspark.report.SweepReportModel.GroupResult;
import org.fairspark.report.SweepReportModel.State;
import org.junit.jupiter.api.Test;

class SweepReportTest {
  @Test
  void spreadIsMeanAndSampleDeviation() {
    Spread spread = Spread.of(1, 2, 3, 6);
    assertThat(spread.mean().getAsDouble()).isEqualTo(3);
    // (4 + 1 + 0 + 9) / 3
    assertThat(spread.deviation().getAsDouble()).isCloseTo(Math.sqrt(14 / 3.0), within(1e-12));
    assertThat(Spread.of(5).deviation()).as("one value has no deviation").isEmpty();
    assertThatThrownBy(() -> Spread.of(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(Spread::of).hasMessageContaining("at least one");
  }

  @Test
  void showsCellsBesideThePaper() throws IOException {
    SweepReportModel model = SampleSweeps.cutoffs(Benchmark.MVTEC_AD);
    SweepPage page = SweepPages.of(model);
    assertThat(page.lede()).startsWith("4 of 5 cells finished, 1 failed. Best by image AUROC: ");
    assertThat(page.groups().get(1).metrics())
        .extracting(SweepPage.SpreadView::paper)
        .as("Table 8, row 30")
        .containsExactly("98.6", "98.2", "94.0", "1.06");
    assertThat(page.groups().stream().filter(SweepPage.TrialGroupView::best)).hasSize(1);
    assertThat(page.charts())
        .extracting(Charts.PageChart::title)
        .containsExactly("All cells", "Areas by filter.cutoff", "Normal error by filter.cutoff");
    assertThat(render(model))
        .contains("paper 98.6", "Table 8 (MVTec AD)", "the loss was not a number in epoch 3")
        .contains("not defined, because the cell failed");
  }

  @Test
  void theMostParticularRowOfThePaperIsTaken() {
    PaperRows filters = PaperRows.of(7, Benchmark.MVTEC_AD);
    assertThat(
            filters.matching(
                Map.of("filter.kind", "BUTTERWORTH", "filter.order", "3", "filter.cutoff", "30")))
        .contains("filter.kind=butterworth;filter.order=3");
    assertThat(filters.matching(Map.of("filter.kind", "sobel"))).isEmpty();
    PaperRows functions = PaperRows.of(11, Benchmark.VISA);
    assertThat(functions.dataset()).as("no VisA numbers in table 11").isEqualTo("MVTec AD");
    assertThat(
            functions.matching(
                Map.of("evaluation.gradient", "true", "evaluation.color-weight", "0.0003")))
        .contains("evaluation.gradient=true;evaluation.color-weight=3e-4");
  }

  @Test
  void methodsHaveTheMeansOfTheirColumns() {
    PaperRows methods = PaperRows.of(1, Benchmark.MVTEC_AD);
    String draem = methods.matching(Map.of("method.kind", "draem")).orElseThrow();
    assertThat(methods.number(draem, Metric.IMAGE_AUROC).orElseThrow().value()).isEqualTo(98.0);
    assertThat(methods.number(draem, Metric.AUPRO).orElseThrow().value()).isEqualTo(92.8);
    String riad = methods.matching(Map.of("method.kind", "riad")).orElseThrow();
    assertThat(methods.number(riad, Metric.IMAGE_AUROC).orElseThrow().doubtful()).isTrue();
    assertThat(methods.number(riad, Metric.AUPRO)).as("not printed").isEmpty();
    assertThat(methods.matching(Map.of("method.kind", "padim"))).isEmpty();
  }

  @Test
  void orderIsComparedWithThePapers() {
    List<String> names = List.of("a", "b", "c");
    assertThat(PaperRows.order(names, new double[] {1, 3, 2}, new double[] {0.1, 0.9, 0.5}))
        .isEqualTo("The order is the paper's: b > c > a.");
    assertThat(PaperRows.order(names, new double[] {1, 3, 2}, new double[] {7, 7, 8}))
        .isEqualTo("The order here is b > c > a; in the paper it is c > a = b.");
    assertThat(PaperRows.order(List.of("a"), new double[1], new double[1])).isEmpty();
  }

  @Test
  void namesAndReasonsAreEscaped() throws IOException {
    GroupResult evil =
        new GroupResult(
            "<i>&\"",
            Map.of("k", "<u>"),
            Map.of(),
            State.FAILED,
            Optional.of("<script>alert(1)</script>"),
            MetricSpreads.undefined("<b>"),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Duration.ZERO,
            "",
            new TreeMap<>());
    String html =
        render(
            new SweepReportModel(
                SampleReports.run("x", Benchmark.OTHER),
                OptionalInt.empty(),
                1,
                List.of(evil),
                List.of()));
    assertThat(html.substring(html.indexOf("<body>"), html.indexOf("<noscript>")))
        .contains("&lt;i&gt;&amp;&quot;", "&lt;u&gt;", "&lt;script&gt;alert(1)")
        .doesNotContain("<i>&", "<u>", "<script>alert");
  }

  private static String render(SweepReportModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ReportWriter.write(model, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
