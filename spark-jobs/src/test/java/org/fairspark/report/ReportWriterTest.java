package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.DecisionResult;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.MetricValues;
import org.fairspark.report.ReportModel.Benchmark;
import org.fairspark.report.ReportModel.EvaluatedCategory;
import org.fairspark.report.ReportModel.Quarantine;
import org.fairspark.report.ReportModel.UnreadableFile;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
  private static final String EVIL = "<b>&\"' </script><script>alert(1)</script>";

  @Test
  void showsNumbersComparesAndLeavesDoubtfulOnesOut() throws IOException {
    String html = render(SampleReports.large(Benchmark.MVTEC_AD, List.of("bottle", "grid"), 32));
    assertThat(body(html)).contains("bottle", "paper 100.0", "paper 98.3", "Table 1", "Table 3");
    assertThat(body(html)).contains("Not the paper's setting: image.size 128 (paper 256)");
    assertThat(body(html)).contains("2431 files could not be read", "The first 3 of 2431");

    String visa = render(SampleReports.large(Benchmark.VISA, List.of("capsules"), 32));
    assertThat(body(visa)).contains("Table 4: probably the image AUROC");
  }

  @Test
  void filtersAreComparedInWordsToo() throws IOException {
    String html = body(render(SampleReports.large(Benchmark.OTHER, List.of("a"), 32)));
    assertThat(html)
        .contains(
            "or the highest frequency below it, pass: Ideal 0.0\u00a0% and Butterworth"
                + " 50.0\u00a0%.")
        .contains(
            "a response still reaches this share of its peak: Ideal 13.98\u00a0% and Butterworth"
                + " 0.67\u00a0%.")
        .contains("Ideal: a &lt;folder&gt;/test/bent/000.png");
  }

  @Test
  void changesStandBesideTheUnchangedImages() throws IOException {
    String html = body(render(SampleReports.large(Benchmark.OTHER, List.of("a"), 32)));
    assertThat(html)
        .contains("Under changes", "Unchanged", "blur-1", "white-balance-5")
        .contains("Unchanged (severity 0), 10.0\u00a0% of the normal images are called anomalous.")
        .contains("Most are under shift-5: 100.0\u00a0%.");
  }

  @Test
  void aWideBoundIsShownWithItsNumber() throws IOException {
    String html = body(render(SampleReports.large(Benchmark.OTHER, List.of("a"), 32)));
    assertThat(html).as("of the pixels by view").contains(" ± 1.30</span>");
    assertThat(html).as("of the pixels of all").doesNotContain(" ± 0.0017</span>");
  }

  @Test
  void allTextIsEscaped() throws IOException {
    EvaluatedCategory plain =
        SampleReports.large(Benchmark.OTHER, List.of(EVIL), 32).categories().get(0);
    ReportModel.Run run = SampleReports.run(EVIL, Benchmark.OTHER);
    Quarantine quarantine = new Quarantine(1, List.of(new UnreadableFile(EVIL, 1, EVIL, EVIL)));
    String html = render(new ReportModel(run, List.of(plain), quarantine));
    assertThat(html).doesNotContain("<b>&\"").doesNotContain("<script>alert");
    assertThat(html).contains("&lt;b&gt;&amp;&quot;");
  }

  @Test
  void dataInsideScriptCannotEndIt() throws IOException {
    List<EvaluatedCategory> three =
        SampleReports.large(Benchmark.OTHER, List.of(EVIL, "b", "c"), 32).categories();
    String html =
        render(new ReportModel(SampleReports.run("x", Benchmark.OTHER), three, Quarantine.none()));
    assertThat(html).contains("\\u003c/script>\\u003cscript>alert(1)");
  }

  @Test
  void missingMetricsSayWhy() throws IOException {
    EvaluatedCategory bare =
        new EvaluatedCategory(
            "bare",
            3,
            2,
            new CategoryResult(
                MetricValues.of(
                    metric ->
                        switch (metric) {
                          case IMAGE_AUROC, NORMAL_MSE ->
                              Area.notDefined("there are no normal test images");
                          case PIXEL_AUROC, AUPRO -> Area.notDefined("there are no masks");
                          default -> Area.notDefined("it is not shown");
                        }),
                new ImageCounts(2, 2, 2, 0),
                SampleReports.NO_THRESHOLD,
                List.of(),
                List.of(),
                new TreeMap<>(),
                DecisionResult.none("it is not shown")),
            new ReportModel.Plots(
                0.3,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty()),
            List.of(),
            List.of("a note about it"));
    String html =
        render(
            new ReportModel(
                SampleReports.run("bare", Benchmark.OTHER), List.of(bare), Quarantine.none()));
    assertThat(body(html))
        .contains("not defined, because there are no normal test images")
        .contains("not defined, because there are no masks")
        .contains("cannot be judged")
        .contains("a note about it")
        .contains("Trained on 3 normal images, with 2 held out. Tested on 0 normal")
        .doesNotContain(">NaN");
  }

  @Test
  void worksWithoutAnyCategory() throws IOException {
    String html =
        render(
            new ReportModel(
                SampleReports.run("nothing", Benchmark.OTHER), List.of(), Quarantine.none()));
    assertThat(body(html)).contains("No category was evaluated.", "Every file could be read.");
  }

  /** 27 categories of 48 images with 5 pictures each: shrunk first, then fewer. */
  @Test
  void staysWithinItsSize() throws IOException {
    ReportModel few = SampleReports.large(Benchmark.OTHER, List.of("a"), 128);
    List<Specimen> many = new ArrayList<>();
    IntStream.range(0, 4).forEach(i -> many.addAll(few.categories().get(0).gallery()));
    List<EvaluatedCategory> categories =
        IntStream.range(0, 27)
            .mapToObj(i -> SampleReports.category("c" + i, List.of("bent"), many, 300, 700))
            .toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ReportWriter.write(
        new ReportModel(SampleReports.run("big", Benchmark.OTHER), categories, Quarantine.none()),
        bytes);
    assertThat((long) bytes.size()).isLessThan(ReportWriter.MAX_BYTES).isGreaterThan(3_000_000);
    assertThat(body(bytes.toString(StandardCharsets.UTF_8)))
        .contains("A sample of 12 of 1000 test images");
  }

  @Test
  void asksForNothingFromANetwork() throws IOException {
    String html = render(SampleReports.large(Benchmark.OTHER, List.of("a", "b", "c"), 32));
    assertThat(html).doesNotContain("<link rel=\"stylesheet\"").doesNotContain("src=\"http");
    assertThat(html).contains("Content-Security-Policy", "default-src 'none'");
  }

  static String render(ReportModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ReportWriter.write(model, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Returns the page's body: styles and scripts would flood a failure's message. */
  private static String body(String html) {
    return html.substring(html.indexOf("<body>"), html.indexOf("<noscript>"));
  }
}
