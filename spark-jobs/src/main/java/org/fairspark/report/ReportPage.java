package org.fairspark.report;

import java.util.List;
import java.util.Optional;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.Metric;

/**
 * Everything that the report's template fills in, as the text or number that the page shows. The
 * template escapes all of it.
 *
 * @param title the document's title
 * @param name the run's name
 * @param summary the section at the top
 * @param filters the comparison of filters
 * @param data the charts' data as JSON, safe inside a script element
 * @param deciders the data of the thresholds' sliders, likewise
 */
public record ReportPage(
    String title,
    String name,
    Summary summary,
    List<CategoryView> categories,
    ReportModel.Run run,
    List<TimingView> timings,
    QuarantineView quarantine,
    Optional<FilterView> filters,
    String data,
    String deciders) {

  /**
   * The result at a glance.
   *
   * @param lede the result in one or two sentences
   * @param facts when, how long, on what
   * @param tiles the means
   * @param notes warnings first
   * @param differences settings that differ from the paper's, where there is a paper to compare
   *     with
   * @param compared the method whose printed numbers categories are compared with; empty if none
   *     has any
   * @param overview the chart of all categories, for three or more
   */
  public record Summary(
      String lede,
      List<ReportModel.Fact> facts,
      List<Tile> tiles,
      List<String> notes,
      String differences,
      String compared,
      Optional<Charts.PageChart> overview) {}

  /** Filters beside one another: charts, and an example under each. */
  public record FilterView(
      List<Charts.PageChart> charts, String image, List<PictureView> pictures) {}

  /** A headline number; {@code paper} and {@code delta} may be empty. */
  public record Tile(
      String label, String value, String unit, String detail, String paper, String delta) {}

  /** A stage's duration; {@code share} of the longest, 0..1. */
  public record TimingView(String stage, String duration, String work, double share) {}

  /**
   * A category.
   *
   * @param id the section's anchor
   * @param metrics one entry per {@link Metric#AREAS}
   * @param error the restoration error of normal images
   * @param tested numbers of test images
   * @param counts the same in words
   * @param tables of decisions and other metrics
   * @param undecided why there are no decisions; empty if there are
   * @param steps thresholds that the slider goes through; 0 for no slider
   */
  public record CategoryView(
      String id,
      String name,
      CategoryVerdict verdict,
      List<MetricView> metrics,
      MetricView error,
      ImageCounts tested,
      String counts,
      List<DefectView> defects,
      List<NumbersTable> tables,
      String undecided,
      int steps,
      List<Charts.PageChart> charts,
      GalleryView gallery,
      List<String> notes) {

    MetricView imageAuroc() {
      return metrics.get(Metric.AREAS.indexOf(Metric.IMAGE_AUROC));
    }
  }

  /**
   * A type of defect, with one entry per {@link Metric#AREAS}, and its share of an image's area.
   */
  public record DefectView(
      String name, long images, long regions, List<MetricView> metrics, MetricView area) {}

  /**
   * A sample of a category's test images.
   *
   * @param sample how it was drawn, in words
   * @param views the views that any of them has
   * @param groups by the reason why they are shown
   */
  public record GalleryView(String sample, List<ViewName> views, List<SpecimenGroupView> groups) {}

  /** A view that at least one specimen of a gallery has. */
  public record ViewName(String css, String label) {}

  /** The images of a gallery that are shown for the same reason. */
  public record SpecimenGroupView(String label, List<SpecimenView> specimens) {}

  /** An image of a gallery. */
  public record SpecimenView(
      String id,
      String file,
      String defect,
      boolean anomalous,
      String score,
      String scoreSort,
      List<PictureView> pictures) {}

  /** One picture of it; {@code src} is a data URI. */
  public record PictureView(String css, String label, String src) {}

  /** Unreadable files. */
  public record QuarantineView(String summary, List<BadFileView> files, String more) {}

  /** An unreadable file. */
  public record BadFileView(String path, String size, long bytes, String reason, String detail) {}
}
