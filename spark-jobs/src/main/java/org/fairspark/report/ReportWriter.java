package org.fairspark.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The writer of the report of an evaluation, of a sweep or of a score run: one HTML file with
 * everything in it, which needs no network and stays below {@link #MAX_BYTES}, however many
 * categories and images there are.
 */
public final class ReportWriter {
  /** A page is never larger. */
  public static final long MAX_BYTES = 15_000_000;

  /**
   * Bytes that pictures may take before base64 makes them a third larger; the rest is for the page.
   */
  private static final long PICTURE_BUDGET = 9_000_000;

  /** What a few pictures of each of many categories take. */
  private static final long LEAST_BUDGET = 1_000_000;

  private ReportWriter() {}

  /**
   * Writes the page as UTF-8 and leaves the stream open.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if a gallery picture is neither PNG nor JPEG
   */
  public static void write(ReportModel model, OutputStream stream) throws IOException {
    long budget = PICTURE_BUDGET;
    byte[] page = rendered(model, budget);
    // Tables of many categories leave less room for pictures.
    while (page.length > MAX_BYTES && budget > LEAST_BUDGET) {
      budget = budget * 3 / 4;
      page = rendered(model, budget);
    }
    stream.write(page);
  }

  /**
   * Writes a sweep's page as UTF-8 and leaves the stream open.
   *
   * @throws IOException if the stream fails
   */
  public static void write(SweepReportModel model, OutputStream stream) throws IOException {
    render("sweep.ftlh", SweepPages.of(model), stream);
  }

  /**
   * Writes a score run's page as UTF-8 and leaves the stream open.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if an overlay is neither PNG nor JPEG
   */
  public static void write(ScoreReportModel model, OutputStream stream) throws IOException {
    render("scores.ftlh", ScorePages.of(model, PICTURE_BUDGET), stream);
  }

  private static byte[] rendered(ReportModel model, long pictureBudget) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    render("report.ftlh", ReportPages.of(model, pictureBudget), bytes);
    return bytes.toByteArray();
  }

  private static void render(String template, Object page, OutputStream stream) throws IOException {
    Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    Templates.render(template, page, writer);
    writer.flush();
  }
}
