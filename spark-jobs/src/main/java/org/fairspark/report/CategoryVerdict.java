package org.fairspark.report;

import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.fairspark.metrics.Metric;
import org.fairspark.report.ReportModel.EvaluatedCategory;

/**
 * A judgement of a category's numbers in a few words: against the paper's where there are any, else
 * by how well normal and anomalous images separate.
 *
 * @param level how good it is
 * @param text the words
 * @param ofMany the same of several categories, to follow their number
 */
public record CategoryVerdict(Level level, String text, String ofMany) {

  /**
   * Returns the words for one category, to follow its name: "is below the paper", "separates well".
   */
  String ofOne() {
    return ofMany.startsWith("are ") ? "is " + text : text;
  }

  /** A level of quality, for colour and mark. */
  public enum Level {
    GOOD,
    FAIR,
    POOR,
    NONE;

    /** Returns the CSS class. */
    public String css() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static CategoryVerdict of(EvaluatedCategory category, PaperColumn paper) {
    OptionalDouble worst = worstDifference(category, paper);
    if (worst.isPresent()) {
      return againstPaper(worst.getAsDouble());
    }
    return Stream.of(Metric.IMAGE_AUROC, Metric.PIXEL_AUROC)
        .map(category::value)
        .flatMapToDouble(area -> area.value().stream())
        .mapToObj(CategoryVerdict::bySeparation)
        .findFirst()
        .orElseGet(() -> new CategoryVerdict(Level.NONE, "cannot be judged", "cannot be judged"));
  }

  private static OptionalDouble worstDifference(EvaluatedCategory category, PaperColumn paper) {
    return Metric.AREAS.stream()
        .map(m -> MetricView.points(category.value(m), paper.of(category.name(), m)))
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }

  private static CategoryVerdict againstPaper(double points) {
    if (points > 0.5) {
      return new CategoryVerdict(Level.GOOD, "above the paper", "are above the paper");
    }
    if (points >= -1) {
      return new CategoryVerdict(Level.GOOD, "level with the paper", "are level with the paper");
    }
    if (points >= -5) {
      return new CategoryVerdict(
          Level.FAIR, "a little below the paper", "are a little below the paper");
    }
    return new CategoryVerdict(Level.POOR, "below the paper", "are below the paper");
  }

  private static CategoryVerdict bySeparation(double auroc) {
    if (auroc >= 0.98) {
      return new CategoryVerdict(Level.GOOD, "separates cleanly", "separate cleanly");
    }
    if (auroc >= 0.90) {
      return new CategoryVerdict(Level.GOOD, "separates well", "separate well");
    }
    if (auroc >= 0.75) {
      return new CategoryVerdict(Level.FAIR, "separates in part", "separate in part");
    }
    return new CategoryVerdict(Level.POOR, "hardly separates", "hardly separate");
  }
}
