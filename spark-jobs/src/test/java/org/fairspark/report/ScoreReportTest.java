package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.report.ScoreReportModel.Counted;
import org.fairspark.report.ScoreReportModel.ScoredCategory;
import org.fairspark.report.ScoreReportModel.Steps;
import org.fairspark.report.ScoreReportModel.TopImage;
import org.junit.jupiter.api.Test;

class ScoreReportTest {
  private static final String EVIL = "<b>&\"' </script><script>alert(1)</script>";

  private static ScoredCategory category(String name, OptionalDouble threshold, byte[] picture) {
    return new ScoredCategory(
        name,
        1000,
        threshold.isPresent() ? 12 : 0,
        400,
        3,
        threshold,
        "threshold 0.3 from 20 held-out images",
        "Distance from the calibration's scores 0.81; by chance at most 0.44.",
        "scores, images",
        new Steps(0, 1, List.of(900L, 88L)),
        new Steps(0, 1, List.of(20L, 0L)),
        List.of(new Counted("TRUNCATED", 12)),
        List.of(new TopImage("a/" + name, "file:/a", 0.9, OptionalDouble.of(0.75), true, picture)));
  }

  private static String render(List<ScoredCategory> categories, String note) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ReportWriter.write(
        new ScoreReportModel(
            "night",
            "hdfs:/archive",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(3600),
            1000,
            600,
            7,
            OptionalDouble.of(81.5),
            categories,
            List.of(new Counted("normal -> suspicious", 5)),
            List.of(note),
            List.of(new ReportModel.Fact("fair", "1.0.0"))),
        bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Returns the page's body: styles and scripts would flood a failure's message. */
  private static String body(String html) {
    return html.substring(html.indexOf("<body>"), html.indexOf("<noscript>"));
  }

  private static byte[] picture(int side) {
    byte[] pixels = new byte[3 * side * side];
    new java.util.Random(1).nextBytes(pixels);
    return PngEncoder.encode(new PixelImage(3, side, side, pixels));
  }

  @Test
  void tellsWhatAPersonLooksForInTheMorning() throws IOException {
    String html = render(List.of(category("bottle", OptionalDouble.of(0.3), picture(8))), "a note");
    assertThat(body(html))
        .contains("12 of 1000 images are suspicious; 12 could not be scored.")
        .contains("a note", "TRUNCATED", "normal -&gt; suspicious", "81.5", "0.750")
        .contains("data:image/png;base64,", "threshold 0.3")
        .contains("Distance from the calibration", "Looks different\">scores, images</td>");
  }

  @Test
  void worksWithoutThresholdPicturesOrModel() throws IOException {
    String html =
        render(
            List.of(
                category("grid", OptionalDouble.empty(), new byte[0]),
                category("", OptionalDouble.empty(), new byte[0])),
            "x");
    assertThat(body(html)).contains("There is no threshold.", "(no model)").doesNotContain("NaN");
  }

  @Test
  void allTextIsEscaped() throws IOException {
    String html = render(List.of(category(EVIL, OptionalDouble.of(0.3), picture(8))), EVIL);
    assertThat(html).doesNotContain("<b>&\"").doesNotContain("<script>alert");
    assertThat(html).contains("&lt;b&gt;&amp;&quot;");
  }

  @Test
  void staysWithinItsSize() throws IOException {
    byte[] large = picture(400);
    List<ScoredCategory> many =
        IntStream.range(0, 200)
            .mapToObj(i -> category("c" + i, OptionalDouble.of(0.3), large))
            .toList();
    assertThat((long) render(many, "x").length()).isLessThan(ReportWriter.MAX_BYTES);
  }
}
